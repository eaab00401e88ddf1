import { Link, useLocation, useNavigate } from 'react-router';
import { Button } from '@/components/ui/button';
import { buttonStyles } from '@/components/ui/button-styles';
import { paths } from '@/config/paths';
import { useSignOut } from '@/features/session/api/sign-out';
import { useTranslate } from '@/lib/i18n/translate';
import { useSession } from '@/lib/session';

const link = buttonStyles({ variant: 'quiet', size: 'small' });

export function SessionLinks() {
  const { t } = useTranslate();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const status = useSession((session) => session.status);
  const signOut = useSignOut();

  // Known a moment later: the room is kept, so that nothing jumps.
  if (status === 'restoring') return <span className="h-9 w-36" />;
  if (status === 'anonymous') {
    const onSessionPage = pathname === paths.signIn.path || pathname === paths.signUp.path;
    return (
      <Link to={paths.signIn.getHref(onSessionPage ? undefined : pathname + search)} className={link}>
        {t('session.signIn')}
      </Link>
    );
  }
  return (
    <>
      <Link to={paths.orders.getHref()} className={link}>
        {t('orders.title')}
      </Link>
      <Button
        variant="quiet"
        size="small"
        isDisabled={signOut.isPending}
        onPress={() => signOut.mutate(undefined, { onSettled: () => void navigate(paths.catalogue.getHref()) })}
      >
        {t('session.signOut')}
      </Button>
    </>
  );
}

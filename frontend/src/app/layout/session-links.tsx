import { lazy, Suspense } from 'react';
import { Link, useLocation } from 'react-router';
import { buttonStyles } from '@/components/ui/button-styles';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { useSession } from '@/lib/session';

const AccountMenu = lazy(() => import('./account-menu'));

/** Reserves the space until the session is known, so that nothing jumps. */
const room = <span className="h-9 w-11 sm:w-30" />;

export function SessionLinks() {
  const { t } = useTranslate();
  const { pathname, search } = useLocation();
  const { status, user } = useSession();

  if (status === 'restoring') return room;
  if (status === 'signed-in' && user) {
    return (
      <Suspense fallback={room}>
        <AccountMenu user={user} />
      </Suspense>
    );
  }
  const onSessionPage = pathname === paths.signIn.path || pathname === paths.signUp.path;
  return (
    <Link
      to={paths.signIn.getHref(onSessionPage ? undefined : pathname + search)}
      className={buttonStyles({ variant: 'quiet', size: 'small' })}
    >
      {t('session.signIn')}
    </Link>
  );
}

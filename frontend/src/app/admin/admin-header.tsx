import { Link, useNavigate } from 'react-router';
import { Button } from '@/components/ui/button';
import { buttonStyles } from '@/components/ui/button-styles';
import { ShopIcon } from '@/components/ui/work-icons';
import { shopUrl } from '@/config/hosts';
import { paths } from '@/config/paths';
import { useSignOut } from '@/features/shop/session/api/sign-out';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { LanguageButton } from '../layout/language-button';
import { ThemeButton } from '../layout/theme-button';
import { NavigationDrawer } from './navigation-drawer';

export function AdminHeader() {
  const { t } = useTranslate(adminWords);
  const navigate = useNavigate();
  const signOut = useSignOut();
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center border-b border-line bg-raised px-0.5 sm:gap-1 sm:px-4">
      <div className="lg:hidden">
        <NavigationDrawer />
      </div>
      <Link to={paths.admin.today.getHref()} className="flex items-baseline gap-2 px-1 text-lg tracking-tight lg:px-3">
        <span className="font-extrabold max-[479px]:sr-only">MSA Shop</span>
        <span className="font-bold text-accent-strong">{t('nav.area')}</span>
      </Link>
      <div className="ml-auto flex items-center">
        <Link to={shopUrl()} className={buttonStyles({ variant: 'quiet', size: 'small' })}>
          <ShopIcon />
          <span className="max-sm:sr-only">{t('nav.shop')}</span>
        </Link>
        <LanguageButton />
        <ThemeButton />
        <Button
          variant="quiet"
          size="small"
          isDisabled={signOut.isPending}
          onPress={() => signOut.mutate(undefined, { onSettled: () => void navigate(paths.catalogue.getHref()) })}
        >
          {t('session.signOut')}
        </Button>
      </div>
    </header>
  );
}

import { Link } from 'react-router';
import { buttonStyles } from '@/components/ui/button-styles';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { useSession } from '@/lib/session';
import { LanguageButton } from './language-button';
import { ThemeButton } from './theme-button';

export function Footer() {
  const { t } = useTranslate();
  const isAdmin = useSession(({ user }) => user?.role === 'ADMIN');
  return (
    <footer className="border-t border-line bg-surface">
      <div className="page flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-8">
        <div className="text-sm text-ink-faint">
          <p className="font-bold text-ink-soft">MSA Shop</p>
          <p className="mt-1">{t('layout.about')}</p>
        </div>
        <div className="flex items-center gap-1">
          {isAdmin && (
            <Link to={paths.admin.today.getHref()} className={buttonStyles({ variant: 'quiet', size: 'small' })}>
              {t('layout.admin')}
            </Link>
          )}
          <LanguageButton />
          <ThemeButton />
        </div>
      </div>
    </footer>
  );
}

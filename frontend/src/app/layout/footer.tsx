import { Link } from 'react-router';
import { buttonStyles } from '@/components/ui/button-styles';
import { IconButton } from '@/components/ui/button';
import { MoonIcon, SunIcon } from '@/components/ui/icons';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { useSession } from '@/lib/session';
import { useTheme } from '@/lib/theme';
import { LanguageButton } from './language-button';

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
            <Link to={paths.reconciliation.getHref()} className={buttonStyles({ variant: 'quiet', size: 'small' })}>
              {t('layout.reconciliation')}
            </Link>
          )}
          <LanguageButton />
          <ThemeButton />
        </div>
      </div>
    </footer>
  );
}

function ThemeButton() {
  const { t } = useTranslate();
  const { theme, setTheme } = useTheme();
  const dark = theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
  return (
    <IconButton
      label={dark ? t('layout.lightTheme') : t('layout.darkTheme')}
      onPress={() => setTheme(dark ? 'light' : 'dark')}
    >
      {dark ? <SunIcon /> : <MoonIcon />}
    </IconButton>
  );
}

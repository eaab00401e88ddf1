import { useTranslate } from '@/lib/i18n/translate';
import { LanguageButton } from './language-button';
import { ThemeButton } from './theme-button';

export function Footer() {
  const { t } = useTranslate();
  return (
    <footer className="border-t border-line bg-surface">
      <div className="page flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-8">
        <div className="text-sm text-ink-faint">
          <p className="font-bold text-ink-soft">MSA Shop</p>
          <p className="mt-1">{t('layout.about')}</p>
        </div>
        <div className="flex items-center gap-1">
          <LanguageButton />
          <ThemeButton />
        </div>
      </div>
    </footer>
  );
}

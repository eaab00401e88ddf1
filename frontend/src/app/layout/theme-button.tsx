import { IconButton } from '@/components/ui/button';
import { MoonIcon, SunIcon } from '@/components/ui/icons';
import { useTranslate } from '@/lib/i18n/translate';
import { useTheme } from '@/lib/theme';

export function ThemeButton() {
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

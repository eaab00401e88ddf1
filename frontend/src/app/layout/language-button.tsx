import { Button } from '@/components/ui/button';
import { useLanguage } from '@/lib/i18n/language';
import { useTranslate } from '@/lib/i18n/translate';
import { useToasts } from '@/lib/toasts';

/** Offers the other language, named in that language. */
export function LanguageButton() {
  const { t } = useTranslate();
  const { language, setLanguage } = useLanguage();
  const showToast = useToasts((toasts) => toasts.show);
  const other = language === 'ko' ? 'en' : 'ko';
  return (
    <Button
      variant="quiet"
      size="small"
      onPress={() => {
        setLanguage(other).catch(() => showToast({ text: t('problem.offline') }));
      }}
    >
      <span lang={other}>{other === 'en' ? 'English' : '한국어'}</span>
    </Button>
  );
}

import { Button } from '@/components/ui/button';
import { useLanguage } from '@/lib/i18n/language';

/** Offers the other language, named in that language. */
export function LanguageButton() {
  const { language, setLanguage } = useLanguage();
  const other = language === 'ko' ? 'en' : 'ko';
  return (
    <Button variant="quiet" size="small" onPress={() => setLanguage(other)}>
      <span lang={other}>{other === 'en' ? 'English' : '한국어'}</span>
    </Button>
  );
}

import { dictionaryOf, type MessageKey } from './dictionaries';
import { useLanguage, type Language } from './language';

export type { MessageKey } from './dictionaries';

export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string;

export function translate(language: Language, key: MessageKey, values: Record<string, string | number> = {}): string {
  return dictionaryOf(language)[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

const translators: Record<Language, Translate> = {
  ko: (key, values) => translate('ko', key, values),
  en: (key, values) => translate('en', key, values),
};

export function useTranslate(): { t: Translate; language: Language } {
  const language = useLanguage((state) => state.language);
  return { t: translators[language], language };
}

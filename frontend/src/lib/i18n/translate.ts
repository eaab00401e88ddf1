import { dictionaryOf, type MessageKey } from './dictionaries';
import { fillIn } from './fill-in';
import { useLanguage, type Language } from './language';

export type { MessageKey } from './dictionaries';

export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string;

export function translate(language: Language, key: MessageKey, values?: Record<string, string | number>): string {
  return fillIn(dictionaryOf(language)[key], values);
}

const translators: Record<Language, Translate> = {
  ko: (key, values) => translate('ko', key, values),
  en: (key, values) => translate('en', key, values),
};

export function useTranslate(): { t: Translate; language: Language } {
  const language = useLanguage((state) => state.language);
  return { t: translators[language], language };
}

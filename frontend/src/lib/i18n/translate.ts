import { en } from './en';
import { ko } from './ko';
import { useLanguage, type Language } from './language';

/** Korean is the source: a key exists when the Korean dictionary has it. */
export type MessageKey = keyof typeof ko;

export type Dictionary = Record<MessageKey, string>;

export type Translate = (key: MessageKey, values?: Record<string, string | number>) => string;

const dictionaries: Record<Language, Dictionary> = { ko, en };

export function translate(language: Language, key: MessageKey, values: Record<string, string | number> = {}): string {
  return dictionaries[language][key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

const translators: Record<Language, Translate> = {
  ko: (key, values) => translate('ko', key, values),
  en: (key, values) => translate('en', key, values),
};

export function useTranslate(): { t: Translate; language: Language } {
  const language = useLanguage((state) => state.language);
  return { t: translators[language], language };
}

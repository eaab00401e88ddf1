import { useCallback } from 'react';
import { dictionaryOf, type MessageKey } from './dictionaries';
import { fillIn } from './fill-in';
import { useLanguage, type Language } from './language';

export type { MessageKey } from './dictionaries';

type Values = Record<string, string | number>;

export type Translate<Key extends string = MessageKey> = (key: Key, values?: Values) => string;

/** The words of one part of the storefront, downloaded with it. */
export type Words<Key extends string = string> = Record<Language, Record<Key, string>>;

export function translate(language: Language, key: MessageKey, values?: Values): string {
  return fillIn(dictionaryOf(language)[key], values);
}

/** Speaks the shop's words in the reader's language, and with `words` those of one part as well. */
export function useTranslate<Key extends string = never>(
  words?: Words<Key>,
): { t: Translate<MessageKey | Key>; language: Language } {
  const language = useLanguage((state) => state.language);
  const t = useCallback<Translate<MessageKey | Key>>(
    (key, values) => {
      const own: Partial<Record<string, string>> = words?.[language] ?? {};
      return fillIn(own[key] ?? dictionaryOf(language)[key as MessageKey], values);
    },
    [language, words],
  );
  return { t, language };
}

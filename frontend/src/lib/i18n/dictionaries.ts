import { ko } from './ko';

export type Language = 'ko' | 'en';

/** Korean is the source: a key exists when the Korean dictionary has it. */
export type MessageKey = keyof typeof ko;

export type Dictionary = Record<MessageKey, string>;

const dictionaries: Partial<Record<Language, Dictionary>> = { ko };

/** What the shop says in a language; in Korean for as long as the language's own dictionary is not there. */
export const dictionaryOf = (language: Language): Dictionary => dictionaries[language] ?? ko;

/** Korean comes with the first load, English when somebody reads it. */
export async function loadDictionary(language: Language): Promise<void> {
  if (language === 'en') dictionaries.en ??= (await import('./en')).en;
}

import { useLanguage } from '../language';
import { en } from './en';
import { ko } from './ko';

export type GuideKey = keyof typeof ko;

const dictionaries = { ko, en };

/** The words of the guide; those it shares with the shop come from `useTranslate`. */
export function useGuideTranslate(): (key: GuideKey) => string {
  const dictionary = dictionaries[useLanguage((state) => state.language)];
  return (key) => dictionary[key];
}

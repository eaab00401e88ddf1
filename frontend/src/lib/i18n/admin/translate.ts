import { fillIn } from '../fill-in';
import { useLanguage } from '../language';
import { en } from './en';
import { ko } from './ko';

export type AdminKey = keyof typeof ko;

export type AdminTranslate = (key: AdminKey, values?: Record<string, string | number>) => string;

const translators: Record<'ko' | 'en', AdminTranslate> = {
  ko: (key, values) => fillIn(ko[key], values),
  en: (key, values) => fillIn(en[key], values),
};

/** The words of the admin area; those it shares with the shop come from `useTranslate`. */
export function useAdminTranslate(): AdminTranslate {
  return translators[useLanguage((state) => state.language)];
}

import type { MessageKey, Translate } from '../translate';
import { en } from './en';
import { ko } from './ko';

export type AdminKey = keyof typeof ko;

export type AdminTranslate = Translate<MessageKey | AdminKey>;

/** The words of the admin area, for `useTranslate`. */
export const adminWords = { ko, en };

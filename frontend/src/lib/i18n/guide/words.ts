import { en } from './en';
import { ko } from './ko';

export type GuideKey = keyof typeof ko;

/** The words of the guide, for `useTranslate`. */
export const guideWords = { ko, en };

import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export type Language = 'ko' | 'en';

/** How dates and the labels of the UI library are written in each language. */
export const locales: Record<Language, string> = { ko: 'ko-KR', en: 'en-GB' };

export const useLanguage = create<{ language: Language; setLanguage: (language: Language) => void }>()(
  persist((set) => ({ language: 'ko', setLanguage: (language) => set({ language }) }), {
    name: 'msa-shop.language',
    version: 1,
  }),
);

export function applyLanguage() {
  const apply = ({ language }: { language: Language }) => {
    document.documentElement.lang = language;
  };
  apply(useLanguage.getState());
  useLanguage.subscribe(apply);
}

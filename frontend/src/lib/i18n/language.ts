import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { loadDictionary, type Language } from './dictionaries';

export type { Language } from './dictionaries';

/** How dates and the labels of the UI library are written in each language. */
export const locales: Record<Language, string> = { ko: 'ko-KR', en: 'en-GB' };

type LanguageChoice = {
  language: Language;
  /** Settles once the shop speaks the language; fails when its dictionary cannot be fetched. */
  setLanguage: (language: Language) => Promise<void>;
};

export const useLanguage = create<LanguageChoice>()(
  persist(
    (set) => ({
      language: 'ko',
      setLanguage: async (language) => {
        await loadDictionary(language);
        set({ language });
      },
    }),
    { name: 'msa-shop.language', version: 1, partialize: ({ language }) => ({ language }) },
  ),
);

/** Keeps the document in the chosen language. Settles once there are words to draw with: Korean ones, if need be. */
export async function applyLanguage() {
  const apply = ({ language }: { language: Language }) => {
    document.documentElement.lang = language;
  };
  apply(useLanguage.getState());
  useLanguage.subscribe(apply);
  await Promise.allSettled([loadDictionary(useLanguage.getState().language)]);
}

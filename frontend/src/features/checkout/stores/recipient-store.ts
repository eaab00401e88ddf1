import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { Recipient } from '@/types/api';

type RecipientDraft = {
  recipient: Recipient | null;
  save: (recipient: Recipient) => void;
  forget: () => void;
};

/** Where to send the order, kept for this tab so that a reload or the back button loses nothing typed. */
export const useRecipient = create<RecipientDraft>()(
  persist(
    (set) => ({
      recipient: null,
      save: (recipient) => set({ recipient }),
      forget: () => set({ recipient: null }),
    }),
    { name: 'msa-shop.recipient', version: 1, storage: createJSONStorage(() => sessionStorage) },
  ),
);

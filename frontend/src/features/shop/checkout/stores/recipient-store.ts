import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { Recipient } from '@/types/api';

type RecipientDraft = {
  recipient: Recipient | null;
  /** Who typed it: another user who signs in does not see it. */
  userId: number | null;
  save: (userId: number, recipient: Recipient) => void;
  forget: () => void;
};

/** Where to send the order, kept for this tab so that a reload or the back button loses nothing typed. */
export const useRecipient = create<RecipientDraft>()(
  persist(
    (set) => ({
      recipient: null,
      userId: null,
      save: (userId, recipient) => set({ userId, recipient }),
      forget: () => set({ userId: null, recipient: null }),
    }),
    { name: 'msa-shop.recipient', version: 1, storage: createJSONStorage(() => sessionStorage) },
  ),
);

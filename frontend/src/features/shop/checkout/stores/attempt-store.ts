import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { newKey } from '@/lib/request-key';
import type { NewOrder } from '../api/create-order';

type Attempt = {
  content: string;
  key: string;
  /** The idempotency key of an attempt to place an order with this content: the same one until the attempt is over. */
  keyFor: (content: string) => string;
  finish: () => void;
};

/** The order of these items that may have been placed already: it was sent, and no answer came. */
export function undecidedOrder(content: string, items: NewOrder['items']): NewOrder | null {
  if (!content) return null;
  const sent = JSON.parse(content) as NewOrder;
  return JSON.stringify(sent.items) === JSON.stringify(items) ? sent : null;
}

/** The attempt to place an order, kept for this tab so that a reload after a lost answer does not make it another one. */
export const useAttempt = create<Attempt>()(
  persist(
    (set, get) => ({
      content: '',
      key: '',
      keyFor: (content) => {
        if (get().content !== content) set({ content, key: newKey() });
        return get().key;
      },
      finish: () => set({ content: '', key: '' }),
    }),
    {
      name: 'msa-shop.attempt',
      version: 1,
      storage: createJSONStorage(() => sessionStorage),
      partialize: ({ content, key }) => ({ content, key }),
    },
  ),
);

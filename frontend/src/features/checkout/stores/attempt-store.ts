import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';

type Attempt = {
  content: string;
  key: string;
  /** The idempotency key of an attempt to place an order with this content: the same one until the attempt is over. */
  keyFor: (content: string) => string;
  finish: () => void;
};

/** Whether these items may have been ordered already: they were sent, and no answer came. */
export function isUndecided(content: string, items: { productId: number; quantity: number }[]): boolean {
  if (!content) return false;
  const attempt = JSON.parse(content) as { items?: unknown };
  return JSON.stringify(attempt.items) === JSON.stringify(items);
}

const newKey = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');

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

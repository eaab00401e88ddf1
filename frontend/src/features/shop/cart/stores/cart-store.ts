import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Product } from '@/types/api';

/** What was put in the cart, as it was then; the page compares it with what the product is now. */
export type CartLine = Pick<Product, 'name' | 'price' | 'imageUrl'> & { productId: number; quantity: number };

type Cart = {
  lines: CartLine[];
  add: (product: Product, quantity: number) => void;
  setQuantity: (productId: number, quantity: number) => void;
  remove: (productId: number) => void;
  replace: (lines: CartLine[]) => void;
  clear: () => void;
};

/** The most lines, and the most of one product, that an order may hold. */
export const maxLines = 50;
export const maxQuantity = 999;

const storageKey = 'msa-shop.cart';

export const useCart = create<Cart>()(
  persist(
    (set) => ({
      lines: [],
      add: (product, quantity) => set(({ lines }) => ({ lines: withAdded(lines, product, quantity) })),
      setQuantity: (productId, quantity) =>
        set(({ lines }) => ({
          lines: lines.map((line) => (line.productId === productId ? { ...line, quantity: bounded(quantity) } : line)),
        })),
      remove: (productId) => set(({ lines }) => ({ lines: lines.filter((line) => line.productId !== productId) })),
      replace: (lines) => set({ lines }),
      clear: () => set({ lines: [] }),
    }),
    {
      name: storageKey,
      version: 1,
      // A cart written by an unknown version starts empty rather than half understood.
      migrate: () => ({ lines: [] }),
    },
  ),
);

/** Tabs share the cart: what one puts in, the others show, and none overwrites it. */
export function followCartOfOtherTabs() {
  window.addEventListener('storage', ({ key }) => {
    if (key === storageKey) void useCart.persist.rehydrate();
  });
}

export const countItems = (lines: readonly CartLine[]) => lines.reduce((count, line) => count + line.quantity, 0);

function withAdded(lines: CartLine[], product: Product, quantity: number): CartLine[] {
  const present = lines.find((line) => line.productId === product.id);
  if (present) {
    const merged = { ...present, ...snapshot(product), quantity: bounded(present.quantity + quantity) };
    return lines.map((line) => (line === present ? merged : line));
  }
  return lines.length < maxLines ? [...lines, { ...snapshot(product), quantity: bounded(quantity) }] : lines;
}

const snapshot = ({ id, name, price, imageUrl }: Product) => ({ productId: id, name, price, imageUrl });

const bounded = (quantity: number) => Math.min(maxQuantity, Math.max(1, Math.trunc(quantity)));

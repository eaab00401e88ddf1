import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Product } from '@/types/api';

/** What was put in the cart, as it was then; the page compares it with what the product is now. */
export type CartLine = Pick<Product, 'name' | 'price' | 'imageUrl'> & { productId: number; quantity: number };

type Cart = {
  lines: CartLine[];
  add: (product: Product, quantity: number) => void;
  setQuantity: (productId: number, quantity: number) => void;
  /** Takes over the product's present price and name. */
  accept: (product: Product) => void;
  remove: (productId: number) => void;
  clear: () => void;
};

/** The most lines, and the most of one product, that an order may hold. */
export const maxLines = 50;
export const maxQuantity = 999;

export const useCart = create<Cart>()(
  persist(
    (set) => ({
      lines: [],
      add: (product, quantity) => set(({ lines }) => ({ lines: withAdded(lines, product, quantity) })),
      setQuantity: (productId, quantity) =>
        set(({ lines }) => ({
          lines: lines.map((line) => (line.productId === productId ? { ...line, quantity: bounded(quantity) } : line)),
        })),
      accept: (product) =>
        set(({ lines }) => ({
          lines: lines.map((line) => (line.productId === product.id ? { ...line, ...snapshot(product) } : line)),
        })),
      remove: (productId) => set(({ lines }) => ({ lines: lines.filter((line) => line.productId !== productId) })),
      clear: () => set({ lines: [] }),
    }),
    {
      name: 'msa-shop.cart',
      version: 1,
      // A cart written by an unknown version starts empty rather than half understood.
      migrate: () => ({ lines: [] }),
    },
  ),
);

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

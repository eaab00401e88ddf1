import type { Product } from '@/types/api';
import type { CartLine } from './stores/cart-store';

/** The products of the cart as they are now: null for one that no longer exists, none for one not loaded (yet). */
export type ProductsNow = ReadonlyMap<number, Product | null>;

/** What differs between a line of the cart and its product now. */
export type LineChange = {
  /** What it cost when it was put in, if it costs something else now. */
  was?: number;
  /** Why it cannot be had as it is. */
  hindrance?: 'discontinued' | 'soldOut' | 'short';
  /** How many can be had. */
  available: number;
};

export function changeOf(line: CartLine, product: Product | null | undefined): LineChange {
  if (product === undefined) return { available: line.quantity };
  if (product === null || product.status === 'DISCONTINUED') return { hindrance: 'discontinued', available: 0 };
  if (product.status === 'OUT_OF_STOCK' || product.stock === 0) return { hindrance: 'soldOut', available: 0 };
  return {
    available: Math.min(product.stock, line.quantity),
    ...(product.stock < line.quantity && { hindrance: 'short' }),
    ...(product.price !== line.price && { was: line.price }),
  };
}

export const isChange = ({ was, hindrance }: LineChange) => was !== undefined || hindrance !== undefined;

export const hasChanged = (lines: readonly CartLine[], products: ProductsNow) =>
  lines.some((line) => isChange(changeOf(line, products.get(line.productId))));

export const atPresentPrice = (line: CartLine, products: ProductsNow): CartLine => ({
  ...line,
  price: products.get(line.productId)?.price ?? line.price,
});

export const atPresentPrices = (lines: readonly CartLine[], products: ProductsNow): CartLine[] =>
  lines.map((line) => atPresentPrice(line, products));

/** The lines as they can be had: at present prices, as many as there are, without what is gone. */
export function asAvailable(lines: readonly CartLine[], products: ProductsNow): CartLine[] {
  return atPresentPrices(lines, products)
    .map((line) => ({ ...line, quantity: changeOf(line, products.get(line.productId)).available }))
    .filter((line) => line.quantity > 0);
}

import type { Product } from '@/types/api';
import type { CartLine } from './stores/cart-store';

/** What differs between a line of the cart and its product now. */
export type LineChange =
  { kind: 'none' } | { kind: 'gone' } | { kind: 'short'; available: number } | { kind: 'price'; was: number };

export function changeOf(line: CartLine, product: Product | undefined): LineChange {
  if (!product) return { kind: 'none' };
  if (product.status !== 'AVAILABLE' || product.stock === 0) return { kind: 'gone' };
  if (product.stock < line.quantity) return { kind: 'short', available: product.stock };
  if (product.price !== line.price) return { kind: 'price', was: line.price };
  return { kind: 'none' };
}

/** The lines at their present prices. */
export function atPresentPrices(lines: readonly CartLine[], products: ReadonlyMap<number, Product>): CartLine[] {
  return lines.map((line) => ({ ...line, price: products.get(line.productId)?.price ?? line.price }));
}

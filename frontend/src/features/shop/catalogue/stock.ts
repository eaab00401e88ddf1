import type { Product } from '@/types/api';

/** At or below this many a shopper is told how many are left. */
export const lowStock = 5;

export const isBuyable = (product: Product) => product.status === 'AVAILABLE' && product.stock > 0;

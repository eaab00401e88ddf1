import { useQuery } from '@tanstack/react-query';
import { adminProductsQuery } from '@/api/products';

/** Fewer than this many of a product are few. */
export const lowStock = 10;

/** Products that run out, the scarcest first. */
export const useLowStock = () => useQuery(adminProductsQuery({ stockBelow: lowStock, sort: 'stock', size: 10 }));

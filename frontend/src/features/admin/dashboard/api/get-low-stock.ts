import { useQuery } from '@tanstack/react-query';
import { adminProductsQuery } from '@/api/products';

/** Stock below this is low. */
export const lowStock = 10;

/** Products low in stock, the scarcest first. */
export const useLowStock = () => useQuery(adminProductsQuery({ stockBelow: lowStock, sort: 'stock', size: 10 }));

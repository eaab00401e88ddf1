import { useQueries } from '@tanstack/react-query';
import { productQuery } from '@/api/products';
import { ApiError } from '@/lib/problem';
import type { ProductsNow } from './cart-changes';
import { useCart } from './stores/cart-store';

export function useProductsInCart(): ProductsNow {
  const lines = useCart((cart) => cart.lines);
  return useQueries({
    queries: lines.map(({ productId }) => productQuery(productId)),
    combine: (results) =>
      new Map(
        results.flatMap(({ data, error }, index) => {
          const id = lines[index]?.productId;
          if (id === undefined || (!data && !isNotFound(error))) return [];
          return [[id, isNotFound(error) ? null : (data ?? null)] as const];
        }),
      ),
  });
}

const isNotFound = (error: unknown) => error instanceof ApiError && error.status === 404;

import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { Product } from '@/types/api';

export function productQuery(id: number) {
  return queryOptions({
    queryKey: ['products', 'detail', id],
    queryFn: ({ signal }) => read(client.GET('/api/products/{id}', { params: { path: { id } }, signal })),
  });
}

export const useProduct = (id: number) => useQuery(productQuery(id));

/** Several products as they are now, by id; those not loaded (yet) are missing. */
export function useProductsById(ids: readonly number[]): ReadonlyMap<number, Product> {
  return useQueries({
    queries: ids.map(productQuery),
    combine: (results) =>
      new Map(results.flatMap((result) => (result.data ? [[result.data.id, result.data] as const] : []))),
  });
}

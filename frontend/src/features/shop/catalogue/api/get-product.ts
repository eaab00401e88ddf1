import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import { ApiError } from '@/lib/problem';
import type { Product } from '@/types/api';

export function productQuery(id: number) {
  return queryOptions({
    queryKey: ['products', 'detail', id],
    queryFn: ({ signal }) => read(client.GET('/api/products/{id}', { params: { path: { id } }, signal })),
  });
}

export const useProduct = (id: number) => useQuery(productQuery(id));

/** Several products as they are now, by id: null for one that no longer exists; those not loaded (yet) are missing. */
export function useProductsById(ids: readonly number[]): ReadonlyMap<number, Product | null> {
  return useQueries({
    queries: ids.map(productQuery),
    combine: (results) =>
      new Map(
        results.flatMap(({ data, error }, index) => {
          const id = ids[index];
          if (id === undefined || (!data && !isNotFound(error))) return [];
          return [[id, isNotFound(error) ? null : (data ?? null)] as const];
        }),
      ),
  });
}

const isNotFound = (error: unknown) => error instanceof ApiError && error.status === 404;

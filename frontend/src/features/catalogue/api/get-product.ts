import { queryOptions, useQueries, useQuery, type QueryClient } from '@tanstack/react-query';
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

/** Asks for the products anew, however recently they were loaded. */
export async function fetchProducts(
  queries: QueryClient,
  ids: readonly number[],
): Promise<ReadonlyMap<number, Product | null>> {
  const fetchOne = async (id: number) => {
    try {
      return await queries.fetchQuery({ ...productQuery(id), staleTime: 0 });
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error;
    }
  };
  return new Map(await Promise.all(ids.map(async (id) => [id, await fetchOne(id)] as const)));
}

const isNotFound = (error: unknown) => error instanceof ApiError && error.status === 404;

import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { CatalogueSearch } from '../catalogue-search';

/** Fills whole rows of two, three and five. */
export const pageSize = 30;

export function productsQuery(search: CatalogueSearch, size = pageSize) {
  const query = {
    q: search.q || undefined,
    category: search.category || undefined,
    minPrice: search.minPrice ?? undefined,
    maxPrice: search.maxPrice ?? undefined,
    inStock: search.inStock || undefined,
    sort: search.sort,
    page: search.page,
    size,
  };
  return queryOptions({
    queryKey: ['products', 'list', query],
    queryFn: ({ signal }) => read(client.GET('/api/products', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

export const useProducts = (search: CatalogueSearch, size?: number) => useQuery(productsQuery(search, size));

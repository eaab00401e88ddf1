import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { Page, Product } from '@/types/api';
import { toQuery, type CatalogueSearch } from '../catalogue-search';

/** Fills whole rows of two, three and five. */
export const pageSize = 30;

export function productsQuery(search: CatalogueSearch) {
  const query = new URLSearchParams(toQuery(search));
  query.set('size', String(pageSize));
  return queryOptions({
    queryKey: ['products', 'list', query.toString()],
    queryFn: ({ signal }) => api<Page<Product>>(`/api/products?${query}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

export const useProducts = (search: CatalogueSearch) => useQuery(productsQuery(search));

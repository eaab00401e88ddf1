import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { productsQuery } from '@/api/products';
import type { CatalogueSearch } from '../catalogue-search';

/** Fills whole rows of two, three and five. */
export const pageSize = 30;

export const foundQuery = (search: CatalogueSearch, size = pageSize) =>
  productsQuery({
    q: search.q || undefined,
    category: search.category || undefined,
    minPrice: search.minPrice ?? undefined,
    maxPrice: search.maxPrice ?? undefined,
    inStock: search.inStock || undefined,
    sort: search.sort,
    page: search.page,
    size,
  });

export const useProducts = (search: CatalogueSearch, size?: number) =>
  useQuery({ ...foundQuery(search, size), placeholderData: keepPreviousData });

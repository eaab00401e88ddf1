import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { Category } from '@/types/api';

export const categoriesQuery = queryOptions({
  queryKey: ['products', 'categories'],
  queryFn: ({ signal }) => api<Category[]>('/api/products/categories', { signal }),
  staleTime: 10 * 60_000,
});

export const useCategories = () => useQuery(categoriesQuery);

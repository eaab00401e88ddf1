import { queryOptions, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

export const categoriesQuery = queryOptions({
  queryKey: ['products', 'categories'],
  queryFn: ({ signal }) => read(client.GET('/api/products/categories', { signal })),
  staleTime: 10 * 60_000,
});

export const useCategories = () => useQuery(categoriesQuery);

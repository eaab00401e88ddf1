import { useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** The categories' names; none while they are not known, for they only help to fill in. */
export function useCategoryNames(): string[] {
  const { data = [] } = useQuery({
    queryKey: ['products', 'categories'],
    queryFn: ({ signal }) => read(client.GET('/api/products/categories', { signal })),
  });
  return data.map(({ name }) => name);
}

import { useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** Fewer than this many of a product are few. */
export const lowStock = 10;

/** Products that run out, the scarcest first. */
export function useLowStock() {
  const query = { stockBelow: lowStock, sort: 'stock', size: 10 } as const;
  return useQuery({
    queryKey: ['product-admin', 'low-stock'],
    queryFn: ({ signal }) => read(client.GET('/api/products', { params: { query }, signal })),
  });
}

import { useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** One's own order by its public number, which is all that Toss knows of it; null when there is none. */
export function useOrderByNumber(userId: number, orderNumber: string) {
  return useQuery({
    queryKey: ['orders', 'by-number', userId, orderNumber],
    queryFn: async ({ signal }) => {
      const query = { userId, q: orderNumber, size: 5 };
      const found = await read(client.GET('/api/orders', { params: { query }, signal }));
      return found.items.find((order) => order.orderNumber === orderNumber) ?? null;
    },
    // Whether it can still be paid is worth knowing as of now.
    staleTime: 0,
  });
}

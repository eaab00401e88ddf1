import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

export const pageSize = 10;

/** The orders of one shopper: an administrator would get everyone's without saying whose. */
export function useOrders(userId: number, page: number) {
  return useQuery({
    queryKey: ['orders', 'list', userId, page],
    queryFn: ({ signal }) =>
      read(client.GET('/api/orders', { params: { query: { userId, page, size: pageSize } }, signal })),
    placeholderData: keepPreviousData,
  });
}

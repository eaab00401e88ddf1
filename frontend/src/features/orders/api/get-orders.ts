import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { Order, Page } from '@/types/api';

export const pageSize = 10;

/** The orders of one shopper: an administrator would get everyone's without saying whose. */
export function useOrders(userId: number, page: number) {
  return useQuery({
    queryKey: ['orders', 'list', userId, page],
    queryFn: ({ signal }) => api<Page<Order>>(`/api/orders?userId=${userId}&page=${page}&size=${pageSize}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

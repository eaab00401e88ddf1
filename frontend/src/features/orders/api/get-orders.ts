import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { Order, Page } from '@/types/api';

export const pageSize = 10;

export function useOrders(page: number) {
  return useQuery({
    queryKey: ['orders', 'list', page],
    queryFn: ({ signal }) => api<Page<Order>>(`/api/orders?page=${page}&size=${pageSize}`, { signal }),
    placeholderData: keepPreviousData,
  });
}

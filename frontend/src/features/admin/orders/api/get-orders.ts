import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import { toQuery, type OrderFilters } from '../order-filters';

export const pageSize = 20;

/** Everyone's orders, as far as they match. */
export function useOrders(filters: OrderFilters, page: number) {
  return useQuery({
    queryKey: ['orders', 'admin-list', filters, page],
    queryFn: ({ signal }) =>
      read(client.GET('/api/orders', { params: { query: { ...toQuery(filters), page, size: pageSize } }, signal })),
    placeholderData: keepPreviousData,
  });
}

import { useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { Order } from '@/types/api';

/** An order that waits for its money is looked at again now and then: the shop confirms it elsewhere. */
export function useOrder(id: number) {
  return useQuery({
    queryKey: ['orders', 'detail', id],
    queryFn: ({ signal }) => api<Order>(`/api/orders/${id}`, { signal }),
    refetchInterval: (query) => (query.state.data?.status === 'PENDING' ? 30_000 : false),
  });
}

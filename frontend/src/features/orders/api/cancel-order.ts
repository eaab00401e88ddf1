import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { Order } from '@/types/api';

/** Cancels one's own order before it is shipped. */
export function useCancelOrder(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string | undefined) =>
      api<Order>(`/api/orders/${id}/cancel`, { method: 'POST', body: { reason } }),
    onSuccess: (order) => queries.setQueryData(['orders', 'detail', id], order),
    // Also when it was refused: then the order is not where the page says.
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['orders'] }),
        queries.invalidateQueries({ queryKey: ['payments', 'of-order', id] }),
        queries.invalidateQueries({ queryKey: ['products'] }),
      ]),
  });
}

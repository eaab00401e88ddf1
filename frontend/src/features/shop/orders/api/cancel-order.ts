import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** Cancels one's own order before it is shipped. */
export function useCancelOrder(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string | undefined) =>
      read(client.POST('/api/orders/{id}/cancel', { params: { path: { id } }, body: { reason } })),
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

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { OrderStatus } from '@/types/api';

export type Move = { id: number; to: OrderStatus; reason?: string };

/** Moves an order one step; order-svc refuses what is not legal. */
export const moveOrder = ({ id, to, reason }: Move) =>
  read(client.PATCH('/api/orders/{id}/status', { params: { path: { id }, query: { status: to, reason } } }));

export function useMoveOrder() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: moveOrder,
    onSuccess: (order) => queries.setQueryData(['orders', 'detail', order.id], order),
    // Also when it was refused: then the order is not where the page says.
    onSettled: (_order, _error, { id }) =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['orders'] }),
        queries.invalidateQueries({ queryKey: ['payments', 'of-order', id] }),
        queries.invalidateQueries({ queryKey: ['products'] }),
      ]),
  });
}

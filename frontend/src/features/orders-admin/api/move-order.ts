import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { OrderStatus } from '@/types/api';

/** `byHand` moves a card order without a payment, for the reason given. */
export type Move = { id: number; to: OrderStatus; reason?: string; byHand?: boolean };

/** Moves an order one step; order-svc refuses what is not legal. */
export const moveOrder = ({ id, to, reason, byHand }: Move) =>
  read(client.PATCH('/api/orders/{id}/status', { params: { path: { id }, query: { status: to, reason, byHand } } }));

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

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { orderKeys } from '@/api/orders';
import { paymentKeys } from '@/api/payments';
import { productKeys } from '@/api/products';
import { client, read } from '@/lib/api-client';
import { ifMatch } from '@/lib/if-match';
import type { OrderStatus } from '@/types/api';

/** `version` is what the page has shown of the order; `byHand` moves a card order without a payment, for the reason given. */
export type Move = { id: number; version: string; to: OrderStatus; reason?: string; byHand?: boolean };

/** Moves an order one step; order-svc refuses what is not legal, and what somebody else has changed meanwhile. */
export const moveOrder = ({ id, version, to, reason, byHand }: Move) =>
  read(
    client.PATCH('/api/orders/{id}/status', {
      params: { path: { id }, query: { status: to, reason, byHand }, header: ifMatch(version) },
    }),
  );

export function useMoveOrder() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: moveOrder,
    onSuccess: (order) => queries.setQueryData(orderKeys.detail(order.id), order),
    // Also after a refusal: then the page is out of date.
    onSettled: (_order, _error, { id }) =>
      Promise.all([
        queries.invalidateQueries({ queryKey: orderKeys.all }),
        queries.invalidateQueries({ queryKey: paymentKeys.ofOrder(id) }),
        queries.invalidateQueries({ queryKey: productKeys.all }),
      ]),
  });
}

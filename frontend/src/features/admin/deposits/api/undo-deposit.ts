import { useMutation, useQueryClient } from '@tanstack/react-query';
import { orderKeys } from '@/api/orders';
import { paymentKeys } from '@/api/payments';
import { client, read } from '@/lib/api-client';

/** Undoes a confirmation, as long as order-svc has not been told. */
export function useUndoDeposit() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (orderId: number) =>
      read(client.DELETE('/api/payments/orders/{orderId}/deposit', { params: { path: { orderId } } })),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: paymentKeys.all }),
        queries.invalidateQueries({ queryKey: orderKeys.all }),
      ]),
  });
}

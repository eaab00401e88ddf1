import { useMutation, useQueryClient } from '@tanstack/react-query';
import { paymentKeys } from '@/api/payments';
import { client, read } from '@/lib/api-client';

export type Deposit = {
  orderId: number;
  /** What the bank statement says, where it differs from what was announced. */
  depositorName?: string;
  amount?: number;
};

/** Confirms that the money arrived. This can be undone until `undoUntil`; order-svc is told only then. */
export function useConfirmDeposit() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ orderId, ...body }: Deposit) =>
      read(
        client.POST('/api/payments/orders/{orderId}/deposit', {
          params: { path: { orderId } },
          body: { ...body, undoable: true },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: paymentKeys.all }),
  });
}

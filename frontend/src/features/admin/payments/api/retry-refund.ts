import { useMutation, useQueryClient } from '@tanstack/react-query';
import { paymentKeys } from '@/api/payments';
import { client, read } from '@/lib/api-client';

/** Retries a refund that Toss refused. */
export function useRetryRefund() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (refundId: number) =>
      read(client.POST('/api/payments/refunds/{refundId}/retry', { params: { path: { refundId } } })),
    // Also when it was refused again: then it waits with another reason.
    onSettled: () => {
      // Not waited for: with its refund the button goes that is to say how it went.
      void queries.invalidateQueries({ queryKey: paymentKeys.all });
    },
  });
}

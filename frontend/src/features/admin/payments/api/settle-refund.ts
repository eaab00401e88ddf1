import { useMutation, useQueryClient } from '@tanstack/react-query';
import { paymentKeys } from '@/api/payments';
import { client, read } from '@/lib/api-client';

/** Records that a refund which Toss refused was made by hand. */
export function useSettleRefund(refundId: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string) =>
      read(
        client.POST('/api/payments/refunds/{refundId}/settled', { params: { path: { refundId } }, body: { reason } }),
      ),
    onSettled: () => {
      // Not waited for: with its refund the button goes that is to say how it went.
      void queries.invalidateQueries({ queryKey: paymentKeys.all });
    },
  });
}

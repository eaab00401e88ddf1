import { useMutation, useQueryClient } from '@tanstack/react-query';
import { paymentKeys } from '@/api/payments';
import { client, read } from '@/lib/api-client';

/** Records that a refund was transferred by hand. */
export function useMarkTransferred() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (refundId: number) =>
      read(client.POST('/api/payments/refunds/{refundId}/transferred', { params: { path: { refundId } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: paymentKeys.all }),
  });
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { paymentKeys } from '@/api/payments';
import { client, read } from '@/lib/api-client';
import { outcomeUnknown, toApiError } from '@/lib/problem';
import type { Payment } from '@/types/api';

/** `key` makes retries safe: the money goes back once. */
export type RefundRequest = { amount: number; reason: string; key: string };

/** Refunds all that is left of a payment, or a part. */
export function useRefundPayment({ id, orderId }: Payment) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: RefundRequest) =>
      read(
        client.POST('/api/payments/{id}/refund', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    retry: (failures, error) => failures < 2 && outcomeUnknown(toApiError(error)),
    onSuccess: (payment) => queries.setQueryData(paymentKeys.ofOrder(orderId), payment),
    onSettled: () => queries.invalidateQueries({ queryKey: paymentKeys.all }),
  });
}

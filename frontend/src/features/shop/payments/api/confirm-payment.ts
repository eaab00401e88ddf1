import { useQuery, useQueryClient } from '@tanstack/react-query';
import { orderKeys } from '@/api/orders';
import { paymentKeys, type PaidInWindow } from '@/api/payments';
import { client, read } from '@/lib/api-client';

/**
 * Has the payment approved, once: the payment key is the query's key, so mounting again, as strict mode and the back
 * button do, finds the answer that is there. After a reload it is asked for again, which the service answers as it did.
 */
export function useConfirmPayment(paid: PaidInWindow) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: paymentKeys.confirmation(paid),
    queryFn: async () => {
      // Takes no abort signal: leaving the page does not take the payment back.
      const payment = await read(client.POST('/api/payments/confirm', { body: paid }));
      queries.setQueryData(paymentKeys.ofOrder(payment.orderId), payment);
      void queries.invalidateQueries({ queryKey: orderKeys.all });
      return payment;
    },
    staleTime: Infinity,
    gcTime: Infinity,
    retryOnMount: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

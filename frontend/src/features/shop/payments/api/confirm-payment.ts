import { useQuery, useQueryClient } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import { paymentQuery } from './get-payment';

/** What Toss puts into the address when the buyer has paid in its window. */
export type PaidInWindow = { paymentKey: string; orderId: string; amount: number };

/**
 * Has the payment approved, once: the payment key is the query's key, so mounting again, as strict mode and the back
 * button do, finds the answer that is there. After a reload it is asked for again, which the service answers as it did.
 */
export function useConfirmPayment(paid: PaidInWindow) {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ['payments', 'confirmation', paid.paymentKey, paid.orderId, paid.amount],
    queryFn: async () => {
      // Takes no abort signal: leaving the page does not take the payment back.
      const payment = await read(client.POST('/api/payments/confirm', { body: paid }));
      queries.setQueryData(paymentQuery(payment.orderId).queryKey, payment);
      void queries.invalidateQueries({ queryKey: ['orders'] });
      return payment;
    },
    staleTime: Infinity,
    gcTime: Infinity,
    retryOnMount: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
}

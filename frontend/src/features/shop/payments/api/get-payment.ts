import { useQuery } from '@tanstack/react-query';
import { paymentOfOrderQuery } from '@/api/payments';

/** How often a card payment whose outcome is not known yet is looked at again. */
const checkingInterval = 2_000;
const waitingInterval = 30_000;

/**
 * The payment of an order; null while nobody has tried to pay. One that is not settled is looked at again by itself, as is
 * one that is on its way back.
 */
export function usePayment(orderId: number | undefined, { refunding = false } = {}) {
  return useQuery({
    ...paymentOfOrderQuery(orderId ?? 0),
    enabled: orderId !== undefined,
    refetchInterval: ({ state: { data } }) => {
      if (data?.status === 'COMPLETED' && refunding) return checkingInterval;
      if (data?.status !== 'PENDING') return false;
      return data.method === 'CARD' ? checkingInterval : waitingInterval;
    },
  });
}

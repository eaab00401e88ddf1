import { queryOptions, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { Payment } from '@/types/api';

/** How often a card payment whose outcome is not known yet is looked at again. */
const checkingInterval = 2_000;
const waitingInterval = 30_000;

async function getPayment(orderId: number, signal: AbortSignal): Promise<Payment | null> {
  const params = { path: { orderId }, query: { ifAny: true } };
  return (await read(client.GET('/api/payments/orders/{orderId}', { params, signal }))) ?? null;
}

export const paymentQuery = (orderId: number) =>
  queryOptions({
    queryKey: ['payments', 'of-order', orderId],
    queryFn: ({ signal }) => getPayment(orderId, signal),
  });

/**
 * The payment of an order; null while nobody has tried to pay. One that is not settled is looked at again by itself, as is
 * one that is on its way back.
 */
export function usePayment(orderId: number | undefined, { refunding = false } = {}) {
  return useQuery({
    ...paymentQuery(orderId ?? 0),
    enabled: orderId !== undefined,
    refetchInterval: ({ state: { data } }) => {
      if (data?.status === 'COMPLETED' && refunding) return checkingInterval;
      if (data?.status !== 'PENDING') return false;
      return data.method === 'CARD' ? checkingInterval : waitingInterval;
    },
  });
}

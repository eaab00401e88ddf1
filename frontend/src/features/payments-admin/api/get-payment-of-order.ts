import { useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { Payment } from '@/types/api';

async function getPayment(orderId: number, signal: AbortSignal): Promise<Payment | null> {
  const params = { path: { orderId }, query: { ifAny: true } };
  return (await read(client.GET('/api/payments/orders/{orderId}', { params, signal }))) ?? null;
}

/** Whether money is on its way: the outcome comes by itself. */
export const isMoving = (payment: Payment) =>
  (payment.method === 'CARD' && payment.status === 'PENDING' && payment.checking) ||
  (payment.refunds ?? []).some(({ status }) => status === 'PENDING');

/** The payment of an order with its refunds and its history; null while nobody has tried to pay. */
export function usePaymentOfOrder(orderId: number) {
  return useQuery({
    queryKey: ['payments', 'of-order', orderId],
    queryFn: ({ signal }) => getPayment(orderId, signal),
    refetchInterval: ({ state: { data } }) => (data && isMoving(data) ? 2_000 : false),
  });
}

import { useQuery } from '@tanstack/react-query';
import { paymentOfOrderQuery } from '@/api/payments';
import type { Order, Payment } from '@/types/api';

/** Whether money is on its way: the outcome comes by itself. */
export const isMoving = (payment: Payment) =>
  (payment.method === 'CARD' && payment.status === 'PENDING' && payment.checking) ||
  (payment.refunds ?? []).some(({ status }) => status === 'PENDING');

export type PaidOrder = Pick<Order, 'id' | 'status' | 'updatedAt'>;

/** Whether the order has just moved and payment-svc, which hears of it a moment later, has yet to follow. */
const isBehind = ({ status }: Payment, order: PaidOrder) =>
  (order.status === 'CONFIRMED' ? status === 'PENDING' : order.status === 'CANCELLED' && status === 'COMPLETED') &&
  Date.now() - Date.parse(order.updatedAt) < 60_000;

/** The payment of an order with its refunds and its history; null while nobody has tried to pay. */
export function usePaymentOfOrder(order: PaidOrder) {
  return useQuery({
    ...paymentOfOrderQuery(order.id),
    refetchInterval: ({ state: { data } }) => (data && (isMoving(data) || isBehind(data, order)) ? 2_000 : false),
  });
}

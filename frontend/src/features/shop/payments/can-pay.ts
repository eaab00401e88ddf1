import type { Order } from '@/types/api';

/** Whether an order can still be paid by card. */
export const canPay = ({ status, paymentMethod, payBy }: Order, now: number) =>
  status === 'PENDING' && paymentMethod === 'CARD' && (payBy === null || Date.parse(payBy) > now);

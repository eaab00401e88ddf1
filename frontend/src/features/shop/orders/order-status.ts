import type { MessageKey } from '@/lib/i18n/translate';
import type { Order, OrderStatus, PaymentMethod } from '@/types/api';

export const statusLabels: Record<OrderStatus, MessageKey> = {
  PENDING: 'order.status.PENDING',
  CONFIRMED: 'order.status.CONFIRMED',
  SHIPPING: 'order.status.SHIPPING',
  DELIVERED: 'order.status.DELIVERED',
  CANCELLED: 'order.status.CANCELLED',
};

export const methodLabels: Record<PaymentMethod, MessageKey> = {
  CARD: 'order.method.CARD',
  BANK_TRANSFER: 'order.method.BANK_TRANSFER',
};

/** The way an order goes when all is well. */
export const journey = ['PENDING', 'CONFIRMED', 'SHIPPING', 'DELIVERED'] as const satisfies OrderStatus[];

/** Whether the shopper may still cancel; the shop judges again. */
export const canCancel = ({ status, paymentInProgress }: Order) =>
  (status === 'PENDING' && !paymentInProgress) || status === 'CONFIRMED';

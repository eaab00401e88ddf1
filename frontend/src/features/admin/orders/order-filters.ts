import { isDay, startOfDay } from '@/lib/dates';
import { oneOf } from '@/lib/use-list-address';
import type { OrderStatus, PaymentMethod } from '@/types/api';

export const filterKeys = ['status', 'method', 'from', 'to', 'q', 'userId'] as const;

/** Which orders an administrator looks at, as the address has it; days are the reader's. */
export type OrderFilters = Record<(typeof filterKeys)[number], string>;

export const statuses = ['PENDING', 'CONFIRMED', 'SHIPPING', 'DELIVERED', 'CANCELLED'] as const satisfies OrderStatus[];

export const methods = ['CARD', 'BANK_TRANSFER'] as const satisfies PaymentMethod[];

/** The filters as order-svc's query. */
export const toQuery = ({ status, method, from, to, q, userId }: OrderFilters) => ({
  status: oneOf(statuses, status),
  paymentMethod: oneOf(methods, method),
  from: isDay(from) ? startOfDay(from) : undefined,
  to: isDay(to) ? startOfDay(to, 1) : undefined,
  q: q || undefined,
  userId: /^[1-9]\d{0,14}$/.test(userId) ? Number(userId) : undefined,
});

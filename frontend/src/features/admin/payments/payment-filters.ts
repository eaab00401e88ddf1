import { isDay, startOfDay } from '@/lib/dates';
import { oneOf } from '@/lib/use-list-address';
import type { PaymentMethod, PaymentStatus } from '@/types/api';

export const filterKeys = ['status', 'method', 'from', 'to', 'q'] as const;

/** Which payments an administrator looks at, as the address has it; days are the reader's. */
export type PaymentFilters = Record<(typeof filterKeys)[number], string>;

export const statuses = ['PENDING', 'COMPLETED', 'FAILED', 'REFUNDED'] as const satisfies PaymentStatus[];

export const methods = ['CARD', 'BANK_TRANSFER'] as const satisfies PaymentMethod[];

/** The filters as payment-svc understands them. */
export const toQuery = ({ status, method, from, to, q }: PaymentFilters) => ({
  status: oneOf(statuses, status),
  method: oneOf(methods, method),
  from: isDay(from) ? startOfDay(from) : undefined,
  to: isDay(to) ? startOfDay(to, 1) : undefined,
  q: q || undefined,
});

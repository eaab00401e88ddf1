import { z } from 'zod';
import type { PaidInWindow } from '@/api/payments';

const orderNumber = z.string().regex(/^[A-Za-z0-9_-]{6,64}$/);

const paidInWindow = z.object({
  paymentKey: z.string().min(1).max(200),
  orderId: orderNumber,
  amount: z
    .string()
    .regex(/^[1-9]\d{0,14}$/)
    .transform(Number),
});

/** What Toss says in the success address; null when the address is not one of Toss's. */
export function readPaid(params: URLSearchParams): PaidInWindow | null {
  return paidInWindow.safeParse(Object.fromEntries(params)).data ?? null;
}

/** What Toss says in the fail address. */
export function readFailure(params: URLSearchParams): { code: string; orderNumber: string | null } {
  return {
    code: /^[A-Z0-9_]{1,60}$/.exec(params.get('code') ?? '')?.[0] ?? '',
    orderNumber: orderNumber.safeParse(params.get('orderId')).data ?? null,
  };
}

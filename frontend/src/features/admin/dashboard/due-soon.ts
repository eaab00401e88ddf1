import { timeLeft } from '@/lib/dates';
import type { Order } from '@/types/api';

/** Whether an order that waits for its money expires within a day. */
export function isDueSoon({ payBy }: Pick<Order, 'payBy'>, now: number): boolean {
  const left = payBy ? timeLeft(payBy, now) : null;
  return left !== null && left.days === 0;
}

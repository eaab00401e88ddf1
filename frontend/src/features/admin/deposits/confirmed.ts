import type { Order, Payment } from '@/types/api';

/** A deposit confirmed on this page a moment ago. */
export type Confirmed = {
  order: Order;
  /** Until when, by this browser's clock, it can be taken back; null when it cannot. */
  undoBefore: number | null;
};

/** The answer and the clicks after it take a moment, too. */
const margin = 1_000;

/**
 * By when to take it back. Only how long is taken from the answer: the reader's clock may go wrong.
 * `updatedAt` is when the payment was completed.
 */
export function undoDeadline(
  { undoUntil, updatedAt }: Payment & { undoUntil?: string | null },
  now: number,
): number | null {
  if (!undoUntil) return null;
  const left = Date.parse(undoUntil) - Date.parse(updatedAt) - margin;
  return left > 0 ? now + left : null;
}

export const secondsLeft = ({ undoBefore }: Confirmed, now: number) =>
  undoBefore === null ? 0 : Math.max(0, Math.ceil((undoBefore - now) / 1_000));

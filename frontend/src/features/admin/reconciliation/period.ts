import { shopDate } from '@/lib/dates';
import type { Period } from './api/get-reconciliation';

export const maxDays = 31;

const day = 86_400_000;

const isDate = (text: string | null): text is string =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** How many days a period has, the first and the last included. */
export const daysIn = ({ from, to }: Period) => (Date.parse(to) - Date.parse(from)) / day + 1;

/** The period in the address; yesterday and today without one, or with one that cannot be compared. */
export function readPeriod(params: URLSearchParams, now: number): Period {
  const [from, to] = [params.get('from'), params.get('to')];
  if (isDate(from) && isDate(to)) {
    const days = daysIn({ from, to });
    if (days >= 1 && days <= maxDays) return { from, to };
  }
  return { from: shopDate(now - day), to: shopDate(now) };
}

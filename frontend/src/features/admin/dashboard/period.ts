import { dayBefore } from '@/lib/dates';

/** How many days the charts may look back, today included. */
export const spans = [7, 30, 90] as const;

export type Span = (typeof spans)[number];

/** The span in the address; a week without a known one. */
export const readSpan = (params: URLSearchParams): Span =>
  spans.find((span) => String(span) === params.get('days')) ?? 7;

/** The first day of a span that ends today. */
export const firstDay = (today: string, span: Span) => dayBefore(today, span - 1);

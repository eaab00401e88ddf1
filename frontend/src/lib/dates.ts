import { locales, type Language } from './i18n/language';

/** Where the shop is: its days are those of order numbers, deadlines and sales, wherever the reader is. Korea keeps one time all year. */
export const shopZone = 'Asia/Seoul';
const shopOffset = '+09:00';

const inShopZone = (language: Language, style: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locales[language], { ...style, timeZone: shopZone });

/** Date and time at the shop. */
export function formatDateTime(iso: string, language: Language): string {
  return inShopZone(language, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso));
}

export function formatDate(iso: string, language: Language): string {
  return inShopZone(language, { dateStyle: 'medium' }).format(new Date(iso));
}

/** Date and time as lists have room for. */
export function formatTimestamp(iso: string, language: Language): string {
  return inShopZone(language, {
    year: '2-digit',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(new Date(iso));
}

/** What is left until a deadline in whole days, hours and minutes; null once it has passed. */
export function timeLeft(iso: string, now: number): { days: number; hours: number; minutes: number } | null {
  const minutes = Math.floor((new Date(iso).getTime() - now) / 60_000);
  if (minutes < 0) return null;
  return { days: Math.floor(minutes / 1440), hours: Math.floor((minutes % 1440) / 60), minutes: minutes % 60 };
}

/** The day a moment falls on at the shop, as date inputs write it. */
export function shopDate(moment: number): string {
  const parts = new Intl.DateTimeFormat('en', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: shopZone })
    .formatToParts(moment)
    .map(({ type, value }) => [type, value]);
  const { year, month, day } = Object.fromEntries(parts) as Record<'year' | 'month' | 'day', string>;
  return `${year}-${month}-${day}`;
}

/** When such a day begins at the shop, or one so many days later. */
export function startOfDay(day: string, daysLater = 0): string {
  const start = new Date(`${day}T00:00:00${shopOffset}`);
  start.setUTCDate(start.getUTCDate() + daysLater);
  return start.toISOString();
}

/** Whether a text is such a day. */
export const isDay = (text: string) => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));

/** So many days before a day, as date inputs write it. */
export function dayBefore(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - days);
  return date.toISOString().slice(0, 10);
}

/** A day of the calendar without its year, which no zone moves. */
export function formatDay(day: string, language: Language): string {
  const style = { month: language === 'ko' ? 'long' : 'short', day: 'numeric', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locales[language], style).format(new Date(`${day}T00:00:00Z`));
}

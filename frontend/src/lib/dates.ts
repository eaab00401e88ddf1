import { locales, type Language } from './i18n/language';

/** Date and time in the reader's own zone. */
export function formatDateTime(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeStyle: 'short' }).format(new Date(iso));
}

export function formatDate(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium' }).format(new Date(iso));
}

/** Date and time as lists have room for. */
export function formatTimestamp(iso: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], {
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

/** The day a moment falls on in the reader's zone, as date inputs write it. */
export function localDate(moment: number): string {
  const date = new Date(moment);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** When such a day begins in the reader's zone, or one so many days later. */
export function startOfDay(day: string, daysLater = 0): string {
  const start = new Date(`${day}T00:00:00`);
  start.setDate(start.getDate() + daysLater);
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

/** The reader's time zone by its IANA name. */
export const localZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

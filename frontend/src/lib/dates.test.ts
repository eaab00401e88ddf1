import { expect, it } from 'vitest';
import { formatDate, formatTimestamp, shopDate, startOfDay, timeLeft } from './dates';

const deadline = '2026-11-26T00:00:00Z';

it.each([
  ['2026-11-23T00:00:00Z', { days: 3, hours: 0, minutes: 0 }],
  ['2026-11-25T21:29:30Z', { days: 0, hours: 2, minutes: 30 }],
  ['2026-11-26T00:00:00Z', { days: 0, hours: 0, minutes: 0 }],
  ['2026-11-26T00:00:01Z', null],
])('tells what is left at %s', (now, left) => {
  expect(timeLeft(deadline, Date.parse(now))).toEqual(left);
});

it.each([
  ['2026-11-22T14:59:59Z', '2026-11-22'],
  ['2026-11-22T15:00:00Z', '2026-11-23'],
  ['2026-12-31T17:34:00Z', '2027-01-01'],
])('knows the day at the shop at %s', (moment, day) => {
  expect(shopDate(Date.parse(moment))).toBe(day);
});

it('shows the shop’s own time, wherever the reader is', () => {
  expect(formatDate('2026-11-22T17:34:00Z', 'en')).toBe('23 Nov 2026');
  expect(formatTimestamp('2026-11-22T17:34:00Z', 'en')).toContain('02:34');
});

it('begins a day when it begins at the shop', () => {
  expect(startOfDay('2026-11-23')).toBe('2026-11-22T15:00:00.000Z');
  expect(startOfDay('2026-11-30', 1)).toBe('2026-11-30T15:00:00.000Z');
});

import { expect, it } from 'vitest';
import { timeLeft } from './dates';

const deadline = '2026-11-26T00:00:00Z';

it.each([
  ['2026-11-23T00:00:00Z', { days: 3, hours: 0, minutes: 0 }],
  ['2026-11-25T21:29:30Z', { days: 0, hours: 2, minutes: 30 }],
  ['2026-11-26T00:00:00Z', { days: 0, hours: 0, minutes: 0 }],
  ['2026-11-26T00:00:01Z', null],
])('tells what is left at %s', (now, left) => {
  expect(timeLeft(deadline, Date.parse(now))).toEqual(left);
});

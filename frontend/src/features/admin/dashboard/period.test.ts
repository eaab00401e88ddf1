import { expect, it } from 'vitest';
import { firstDay, readSpan } from './period';

it.each([
  ['days=30', 30],
  ['days=31', 7],
  ['', 7],
])('reads %s as %d days', (query, span) => {
  expect(readSpan(new URLSearchParams(query))).toBe(span);
});

it('counts today as a day of the span', () => {
  expect(firstDay('2026-03-02', 7)).toBe('2026-02-24');
  expect(firstDay('2026-11-23', 90)).toBe('2026-08-26');
});

import { expect, it } from 'vitest';
import { readPeriod } from './period';

const now = new Date(2026, 10, 23, 12).getTime();

it.each([
  ['from=2026-11-01&to=2026-11-30', { from: '2026-11-01', to: '2026-11-30' }],
  ['from=2026-11-20&to=2026-11-20', { from: '2026-11-20', to: '2026-11-20' }],
  ['', { from: '2026-11-22', to: '2026-11-23' }],
  ['from=2026-11-20&to=2026-11-19', { from: '2026-11-22', to: '2026-11-23' }],
  ['from=2026-01-01&to=2026-11-19', { from: '2026-11-22', to: '2026-11-23' }],
  ['from=2026-13-01&to=2026-13-02', { from: '2026-11-22', to: '2026-11-23' }],
])('reads %s', (query, period) => {
  expect(readPeriod(new URLSearchParams(query), now)).toEqual(period);
});

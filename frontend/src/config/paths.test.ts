import { expect, it } from 'vitest';
import { safeNext } from './paths';

it.each([
  ['/checkout?step=payment', '/checkout?step=payment'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  [null, '/'],
])('after signing in, %s leads to %s', (next, goal) => {
  expect(safeNext(next)).toBe(goal);
});

import { expect, it } from 'vitest';
import { safeNext } from './paths';

it.each([
  ['/checkout?step=payment', '/checkout?step=payment'],
  ['//evil.example', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  [null, '/'],
  ['/\t/evil.example', '/'],
  ['/\n/evil.example', '/'],
  ['/\r\\\\evil.example', '/'],
  ['\t//evil.example', '/'],
  ['/orders\n', '/'],
  ['/orders\u0000', '/'],
  ['/orders\u0085', '/'],
  ['/orders\u007f', '/'],
  ['/products/1?q=머그컵', '/products/1?q=머그컵'],
])('after signing in, %s leads to %s', (next, goal) => {
  expect(safeNext(next)).toBe(goal);
});

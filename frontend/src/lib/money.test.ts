import { expect, it } from 'vitest';
import { formatWon, sumLines } from './money';

it('writes won with groups of three and no decimals', () => {
  expect(formatWon(1_234_500, 'ko')).toBe('1,234,500원');
  expect(formatWon(1_234_500, 'en')).toBe('₩1,234,500');
  expect(formatWon(0, 'ko')).toBe('0원');
});

it('sums lines', () => {
  expect(
    sumLines([
      { price: 12_900, quantity: 2 },
      { price: 500, quantity: 3 },
    ]),
  ).toBe(27_300);
  expect(sumLines([])).toBe(0);
});

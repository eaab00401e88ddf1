import { expect, it } from 'vitest';
import { translate, type Translate } from '@/lib/i18n/translate';
import { orderName } from './order-name';

const t: Translate = (key, values) => translate('ko', key, values);
const order = (...names: string[]) => ({
  items: names.map((productName, productId) => ({ productId, productName, price: 1_000, quantity: 1 })),
});

it('names the first product and how many others there are', () => {
  expect(orderName(order('감귤'), t)).toBe('감귤');
  expect(orderName(order('감귤', '사과', '배'), t)).toBe('감귤 외 2건');
});

it.each([[['가'.repeat(100)]], [['나'.repeat(101)]], [['다'.repeat(100), '사과']], [['🍊'.repeat(60), '사과']]])(
  'stays within what Toss takes: %#',
  (names) => {
    const name = orderName(order(...names), t);
    expect(name.length).toBeLessThanOrEqual(100);
    expect(name.length).toBeGreaterThan(95);
    // No half of a character.
    expect(name).not.toMatch(/[\ud800-\udfff]/u);
  },
);

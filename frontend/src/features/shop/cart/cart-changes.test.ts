import { expect, it } from 'vitest';
import { addProduct } from '@/testing/mocks/db';
import { asAvailable, changeOf } from './cart-changes';

const product = addProduct({ price: 8_000, stock: 3 });
const line = { productId: product.id, name: product.name, price: 8_000, imageUrl: null, quantity: 2 };

it.each([
  ['nothing, where nothing changed', product, { available: 2 }],
  ['nothing, where the product is not loaded yet', undefined, { available: 2 }],
  ['the old price', { ...product, price: 9_000 }, { available: 2, was: 8_000 }],
  ['that fewer are left', { ...product, stock: 1 }, { available: 1, hindrance: 'short' }],
  [
    'that it is sold out',
    { ...product, stock: 0, status: 'OUT_OF_STOCK' as const },
    { available: 0, hindrance: 'soldOut' },
  ],
  [
    'that it is sold no longer',
    { ...product, status: 'DISCONTINUED' as const },
    { available: 0, hindrance: 'discontinued' },
  ],
  ['that it does not exist any more', null, { available: 0, hindrance: 'discontinued' }],
])('says of a line %s', (_, now, change) => {
  expect(changeOf(line, now)).toEqual(change);
});

it('keeps what can be had, at the present price', () => {
  const gone = { ...line, productId: 900 };
  const now = new Map([
    [line.productId, { ...product, price: 9_000, stock: 1 }],
    [gone.productId, null],
  ]);
  expect(asAvailable([line, gone], now)).toEqual([{ ...line, price: 9_000, quantity: 1 }]);
});

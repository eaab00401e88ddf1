import { beforeEach, expect, it } from 'vitest';
import { addProduct } from '@/testing/mocks/db';
import { countItems, maxLines, useCart } from './cart-store';

const cart = () => useCart.getState();

beforeEach(() => useCart.setState({ lines: [] }));

it('adds up the same product', () => {
  const product = addProduct();
  cart().add(product, 2);
  cart().add(product, 3);
  expect(cart().lines).toHaveLength(1);
  expect(countItems(cart().lines)).toBe(5);
});

it('keeps within what an order may hold', () => {
  const product = addProduct();
  cart().add(product, 5000);
  expect(countItems(cart().lines)).toBe(999);
  for (let index = 0; index < maxLines + 5; index++) cart().add(addProduct(), 1);
  expect(cart().lines).toHaveLength(maxLines);
});

it('survives a reload', async () => {
  cart().add(addProduct({ name: '감귤' }), 2);
  const stored = localStorage.getItem('msa-shop.cart') ?? '';
  useCart.setState({ lines: [] });
  localStorage.setItem('msa-shop.cart', stored);
  await useCart.persist.rehydrate();
  expect(cart().lines).toMatchObject([{ name: '감귤', quantity: 2 }]);
});

it('starts empty when an unknown version was stored', async () => {
  localStorage.setItem('msa-shop.cart', JSON.stringify({ version: 0, state: { lines: [{ sku: 'old' }] } }));
  await useCart.persist.rehydrate();
  expect(cart().lines).toEqual([]);
});

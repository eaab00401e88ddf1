import { expect, it } from 'vitest';
import { isAdminHost, shopUrl } from './hosts';

it.each([
  ['https://admin.shop.example.com', true, 'https://shop.example.com/'],
  ['http://admin.localhost:3000', true, 'http://localhost:3000/'],
  ['https://shop.example.com', false, '/'],
  ['https://administration.example.com', false, '/'],
])('%s is the admin host: %s; the shop is at %s', (address, isAdmin, shop) => {
  expect(isAdminHost(new URL(address))).toBe(isAdmin);
  expect(shopUrl(new URL(address))).toBe(shop);
});

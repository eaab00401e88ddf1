import { expect, it } from 'vitest';
import { pageName } from './page-name';

it.each([
  ['/', '/'],
  ['/orders/17', '/orders/:orderId'],
  ['/checkout/success', '/checkout/success'],
  ['/admin/products/new', '/admin/products/new'],
  ['/admin/products/3', '/admin/products/:productId'],
  ['/nothing/here', 'unknown'],
])('calls the page at %s %s', (pathname, name) => {
  expect(pageName(pathname)).toBe(name);
});

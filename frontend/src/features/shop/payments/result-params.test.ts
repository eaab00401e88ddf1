import { expect, it } from 'vitest';
import { readFailure, readPaid } from './result-params';

it('reads what Toss says of a payment', () => {
  const params = new URLSearchParams('paymentType=NORMAL&amount=24000&orderId=20261123-AB3&paymentKey=tviva_1');
  expect(readPaid(params)).toEqual({ paymentKey: 'tviva_1', orderId: '20261123-AB3', amount: 24_000 });
});

it.each([
  'orderId=20261123-AB3&paymentKey=k',
  'amount=1e3&orderId=20261123-AB3&paymentKey=k',
  'amount=-5&orderId=20261123-AB3&paymentKey=k',
  'amount=5&orderId=a%20b%20c%20d&paymentKey=k',
  'amount=5&orderId=20261123-AB3',
  `amount=5&orderId=20261123-AB3&paymentKey=${'k'.repeat(201)}`,
])('does not send on what Toss would not say: %s', (query) => {
  expect(readPaid(new URLSearchParams(query))).toBeNull();
});

it('reads why a payment failed, with or without the order', () => {
  expect(readFailure(new URLSearchParams('code=PAY_PROCESS_CANCELED&message=x&orderId=20261123-AB3'))).toEqual({
    code: 'PAY_PROCESS_CANCELED',
    orderNumber: '20261123-AB3',
  });
  expect(readFailure(new URLSearchParams('code=<b>&orderId=..'))).toEqual({ code: '', orderNumber: null });
});

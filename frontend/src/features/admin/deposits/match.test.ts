import { expect, it } from 'vitest';
import { addOrder } from '@/testing/mocks/db';
import { matches } from './match';

const order = () =>
  addOrder({
    orderNumber: 'K7Q2-XA',
    email: 'hana@example.com',
    totalPrice: 24_000,
    paymentMethod: 'BANK_TRANSFER',
    bankAccount: { bank: '국민은행', accountNumber: '1', holder: '상점', depositorName: '김하나' },
  });

it.each([
  '',
  '김하나',
  '하나',
  '24000',
  '24,000',
  '24,000원',
  '240',
  '김하나 24,000',
  '  24000 하나 ',
  'k7q2',
  'HANA@',
])('finds the order by "%s"', (typed) => expect(matches(order(), typed)).toBe(true));

it.each(['김하늘', '4000', '김하나 25,000', '24,000 박'])('does not by "%s"', (typed) =>
  expect(matches(order(), typed)).toBe(false),
);

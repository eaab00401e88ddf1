import { screen, waitFor, within } from '@testing-library/react';
import { http } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import type { Order } from '@/types/api';
import { adminHandlers, move } from '../mocks/admin-handlers';
import { addAccount, addOrder, addPayment, db } from '../mocks/db';
import { problem } from '../mocks/handlers';
import { server } from '../mocks/server';
import { renderApp } from '../render-app';

beforeEach(() => server.use(...adminHandlers));

const admin = () => addAccount({ role: 'ADMIN', name: '이관리' });

const open = ({ id }: Order) => renderApp(`/admin/orders/${id}`, { user: admin() });

const steps = async () =>
  within(await screen.findByRole('region', { name: '다음 처리' }))
    .queryAllByRole('button')
    .map(({ textContent }) => textContent);

it.each([
  ['PENDING', ['주문 확정', '주문 취소']],
  ['CONFIRMED', ['배송 시작', '주문 취소']],
  ['SHIPPING', ['배송 완료']],
  ['DELIVERED', []],
  ['CANCELLED', []],
] as const)('offers an order that is %s only the steps it may take', async (status, labels) => {
  open(addOrder({ status }));
  expect(await steps()).toEqual(labels);
});

it('moves no order whose card is being charged', async () => {
  open(addOrder({ paymentInProgress: true }));
  expect(await screen.findByRole('button', { name: '주문 확정' })).toBeDisabled();
  expect(screen.getByRole('button', { name: '주문 취소' })).toBeDisabled();
});

it('shows the transfer paid as soon as payment-svc has heard that the order is confirmed', async () => {
  const order = addOrder({ paymentMethod: 'BANK_TRANSFER' });
  const payment = addPayment(order, { status: 'PENDING', method: 'BANK_TRANSFER', checking: false });
  const { shopper } = open(order);
  await shopper.click(await screen.findByRole('button', { name: '주문 확정' }));
  await shopper.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '주문 확정' }));
  expect(await screen.findByRole('button', { name: '배송 시작' })).toBeVisible();
  expect(screen.queryByRole('button', { name: '환불하기' })).not.toBeInTheDocument();
  payment.status = 'COMPLETED';
  expect(await screen.findByRole('button', { name: '환불하기' }, { timeout: 5_000 })).toBeVisible();
});

it('warns that confirming a card order charges no card, and wants a reason', async () => {
  const order = addOrder();
  const { shopper } = open(order);
  await shopper.click(await screen.findByRole('button', { name: '주문 확정' }));
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText(/카드 결제는 생기지 않아요/)).toBeVisible();
  await shopper.click(within(dialog).getByRole('button', { name: '주문 확정' }));
  expect(within(dialog).getByRole('textbox')).toHaveAccessibleDescription(/꼭 적어 주세요/);
  await shopper.type(within(dialog).getByRole('textbox'), '매장에서 결제');
  await shopper.click(within(dialog).getByRole('button', { name: '주문 확정' }));
  expect(await screen.findByText('이유: 매장에서 결제')).toBeVisible();
  expect(order.status).toBe('CONFIRMED');
});

it('ships a card order without a payment only for a reason', async () => {
  const order = addOrder({ status: 'CONFIRMED' });
  const asked: URLSearchParams[] = [];
  server.use(
    http.patch(
      '*/api/orders/:id/status',
      ({ request }) => {
        asked.push(new URL(request.url).searchParams);
        return problem(409, 'payment_required');
      },
      { once: true },
    ),
  );
  const { shopper } = open(order);
  await shopper.click(await screen.findByRole('button', { name: '배송 시작' }));
  const dialog = await screen.findByRole('dialog');
  await shopper.click(within(dialog).getByRole('button', { name: '배송 시작' }));
  expect(await within(dialog).findByText(/카드 결제를 확인할 수 없어요/)).toBeVisible();
  expect(asked.map((query) => query.get('byHand'))).toEqual([null]);
  await shopper.type(within(dialog).getByRole('textbox'), '현금으로 받음');
  await shopper.click(within(dialog).getByRole('button', { name: '배송 시작' }));
  expect(await screen.findByText('이유: 현금으로 받음')).toBeVisible();
  expect(order.status).toBe('SHIPPING');
});

it('ships an order and notes it in the trail', async () => {
  const order = addOrder({ status: 'CONFIRMED' });
  const { shopper } = open(order);
  await shopper.click(await screen.findByRole('button', { name: '배송 시작' }));
  const dialog = await screen.findByRole('dialog');
  await shopper.click(within(dialog).getByRole('button', { name: '배송 시작' }));
  expect(await screen.findByRole('button', { name: '배송 완료' })).toBeVisible();
  expect(order.status).toBe('SHIPPING');
  const trail = screen.getByRole('region', { name: '처리 기록' });
  expect(within(trail).getByText('배송 중')).toBeVisible();
});

it('wants a reason before it cancels, and says where the money goes', async () => {
  const order = addOrder({ status: 'CONFIRMED', paymentMethod: 'BANK_TRANSFER' });
  const { shopper } = open(order);
  await shopper.click(await screen.findByRole('button', { name: '주문 취소' }));
  const dialog = await screen.findByRole('alertdialog');
  expect(within(dialog).getByText(/송금할 환불 목록/)).toBeVisible();
  await shopper.click(within(dialog).getByRole('button', { name: '주문 취소' }));
  expect(within(dialog).getByRole('textbox')).toHaveAccessibleDescription(/꼭 적어 주세요/);
  await shopper.type(within(dialog).getByRole('textbox'), '재고 파손');
  await shopper.click(within(dialog).getByRole('button', { name: '주문 취소' }));
  expect(await screen.findByText('이유: 재고 파손')).toBeVisible();
  expect(order.status).toBe('CANCELLED');
});

it('leaves the keyboard on the page when the button that was pressed is gone', async () => {
  const { shopper } = open(addOrder({ status: 'SHIPPING' }));
  await shopper.click(await screen.findByRole('button', { name: '배송 완료' }));
  await shopper.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '배송 완료' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  await waitFor(() => expect(screen.getByRole('main')).toHaveFocus());
});

it('shows the last page of a list that has become shorter', async () => {
  const order = addOrder();
  const { router } = renderApp('/admin/orders?page=3', { user: admin() });
  expect(await screen.findByText(order.orderNumber)).toBeVisible();
  expect(router.state.location.search).not.toContain('page');
});

it('says where an order is when it has moved meanwhile', async () => {
  const order = addOrder({ status: 'CONFIRMED' });
  const { shopper } = open(order);
  await shopper.click(await screen.findByRole('button', { name: '배송 시작' }));
  move(order, 'CANCELLED');
  await shopper.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '배송 시작' }));
  expect(await screen.findByRole('alert')).toHaveTextContent('그사이 주문이 바뀌었어요. 지금은 ‘취소됨’ 상태예요.');
  await waitFor(async () => expect(await steps()).toEqual([]));
});

it('ships the ticked orders and tells of those that could not be', async () => {
  const [first, second] = [addOrder({ status: 'CONFIRMED' }), addOrder({ status: 'CONFIRMED' })];
  const { shopper } = renderApp('/admin/orders?status=CONFIRMED', { user: admin() });
  await shopper.click(await screen.findByRole('checkbox', { name: /모두 선택/ }));
  await shopper.click(screen.getByRole('button', { name: '배송 시작' }));
  move(first, 'CANCELLED');
  await shopper.click(within(await screen.findByRole('dialog')).getByRole('button', { name: '배송 시작' }));
  const outcome = await screen.findByText('1건은 배송을 시작했고, 1건은 바꾸지 못했어요');
  expect(outcome.closest('[role=status]')).toHaveTextContent(first.orderNumber);
  expect(second.status).toBe('SHIPPING');
});

it('keeps the filters in the address', async () => {
  const order = addOrder({ email: 'hana@example.com' });
  addOrder({ email: 'dul@example.com' });
  const { shopper, router } = renderApp('/admin/orders', { user: admin() });
  await screen.findByText(order.orderNumber);
  await shopper.type(screen.getByRole('searchbox'), 'hana{Enter}');
  await waitFor(() => expect(screen.getAllByText(/^ORDER-/)).toHaveLength(1));
  expect(router.state.location.search).toBe('?q=hana');
});

const paid = (amount: number) => {
  const order = addOrder({ status: 'CONFIRMED', totalPrice: amount });
  return { order, payment: addPayment(order, { checking: false }) };
};

it('refunds all that is left unless told otherwise', async () => {
  const { order, payment } = paid(24_000);
  payment.refundedAmount = 4_000;
  const { shopper } = open(order);
  await shopper.click(await screen.findByRole('button', { name: '환불하기' }));
  const dialog = await screen.findByRole('alertdialog');
  expect(within(dialog).getByLabelText(/환불 금액/)).toHaveValue('20,000');
  await shopper.type(within(dialog).getByLabelText(/사유/), '맛이 없어요');
  await shopper.click(within(dialog).getByRole('button', { name: '환불하기' }));
  expect(await screen.findByText('전액 환불')).toBeVisible();
  expect(payment.refundedAmount).toBe(24_000);
});

it('refunds a part, never more than is left, and once though the answer is lost', async () => {
  const { order, payment } = paid(24_000);
  const keys: (string | null)[] = [];
  server.use(
    http.post(
      '*/api/payments/:id/refund',
      ({ request }) => {
        keys.push(request.headers.get('Idempotency-Key'));
        return problem(503, 'unavailable');
      },
      { once: true },
    ),
    http.post('*/api/payments/:id/refund', ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'));
    }),
  );
  const { shopper } = open(order);
  await shopper.click(await screen.findByRole('button', { name: '환불하기' }));
  const dialog = await screen.findByRole('alertdialog');
  const amount = within(dialog).getByLabelText(/환불 금액/);
  await shopper.type(within(dialog).getByLabelText(/사유/), '하나가 깨졌어요');
  await shopper.clear(amount);
  await shopper.type(amount, '24001');
  await shopper.click(within(dialog).getByRole('button', { name: '환불하기' }));
  expect(amount).toHaveAccessibleDescription(/24,000원까지만 환불할 수 있어요/);
  await shopper.clear(amount);
  await shopper.type(amount, '5000');
  await shopper.click(within(dialog).getByRole('button', { name: '환불하기' }));
  expect(await screen.findByText('일부 환불')).toBeVisible();
  expect(payment.refundedAmount).toBe(5_000);
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
});

it('explains why Toss refused a refund', async () => {
  const { order } = paid(24_000);
  server.use(
    http.post('*/api/payments/:id/refund', () =>
      problem(422, 'refund_refused', { tossMessage: '취소 기한이 지났습니다.' }),
    ),
  );
  const { shopper } = open(order);
  await shopper.click(await screen.findByRole('button', { name: '환불하기' }));
  const dialog = await screen.findByRole('alertdialog');
  await shopper.type(within(dialog).getByLabelText(/사유/), '늦은 환불');
  await shopper.click(within(dialog).getByRole('button', { name: '환불하기' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('취소 기한이 지났습니다.');
  expect(db.payments[0]?.refundedAmount).toBe(0);
});

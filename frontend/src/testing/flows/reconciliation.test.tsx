import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import type { Reconciliation } from '@/features/admin/reconciliation/api/get-reconciliation';
import { addAccount } from '../mocks/db';
import { problem } from '../mocks/handlers';
import { server } from '../mocks/server';
import { renderApp } from '../render-app';

const money = { count: 2, amount: 48_000, refundedAmount: 0 };

function answer(values: Partial<Reconciliation>) {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get('*/api/payments/reconciliation', ({ request }) => {
      const { searchParams } = new URL(request.url);
      asked.push(searchParams);
      return HttpResponse.json({
        from: searchParams.get('from'),
        to: searchParams.get('to'),
        checkedAt: '2026-11-23T03:00:00Z',
        graceSeconds: 120,
        orders: { count: 3, paid: 2, paidAmount: 48_000 },
        payments: money,
        toss: money,
        differences: [],
        settling: [],
        counts: {},
        isTruncated: false,
        ...values,
      });
    }),
  );
  return asked;
}

const admin = () => addAccount({ role: 'ADMIN' });
const address = '/admin/reconciliation?from=2026-11-22&to=2026-11-23';

it('says that nothing differs, with the three sides in sum', async () => {
  const asked = answer({});
  renderApp(address, { user: admin() });
  expect(await screen.findByText('서로 다른 곳이 없어요')).toBeVisible();
  expect(screen.getByText('전체 3건, 결제된 주문 2건')).toBeVisible();
  expect(screen.getAllByText('48,000원')).toHaveLength(3);
  expect(asked[0]?.get('from')).toBe('2026-11-21T15:00:00.000Z');
  expect(asked[0]?.get('to')).toBe('2026-11-23T15:00:00.000Z');
});

it('lists what differs kind by kind, and apart from it what is being settled', async () => {
  const since = '2026-11-23T01:00:00Z';
  answer({
    differences: [
      {
        kind: 'PAID_BUT_CANCELLED',
        orderNumber: 'ORDER-1',
        since,
        order: { id: 1, status: 'CANCELLED', totalPrice: 24_000 },
        payment: { id: 1, method: 'CARD', status: 'COMPLETED', amount: 24_000, refundedAmount: 4_000 },
        toss: { paymentKey: 'k1', status: 'PARTIAL_CANCELED', totalAmount: 24_000, refundedAmount: 4_000 },
      },
      {
        kind: 'CHARGE_WITHOUT_PAYMENT',
        orderNumber: 'ORDER-2',
        since,
        toss: { paymentKey: 'k2', status: 'DONE', totalAmount: 7_000, refundedAmount: 0 },
      },
    ],
    settling: [{ kind: 'PAYMENT_UNSETTLED', orderNumber: 'ORDER-3', since }],
    counts: { PAID_BUT_CANCELLED: 1, CHARGE_WITHOUT_PAYMENT: 1 },
  });
  renderApp(address, { user: admin() });

  const differences = await screen.findByRole('region', { name: '서로 다른 곳 2건' });
  expect(within(differences).getByText('취소된 주문인데 돈을 돌려주지 않았어요')).toBeVisible();
  expect(within(differences).getByText('토스에서 승인됐는데 완료된 결제가 없어요')).toBeVisible();
  expect(within(differences).getByRole('link', { name: 'ORDER-1' })).toHaveAttribute('href', '/admin/orders/1');
  expect(within(differences).getAllByText('4,000원 환불')).toHaveLength(2);
  expect(within(differences).queryByText('ORDER-3')).not.toBeInTheDocument();
  const settling = screen.getByRole('region', { name: '처리 중 1건' });
  expect(within(settling).getByText('ORDER-3')).toBeVisible();
  expect(screen.queryByText('서로 다른 곳이 없어요')).not.toBeInTheDocument();
});

it('keeps the period in the address and asks anew for the same one', async () => {
  const asked = answer({});
  const { router, shopper } = renderApp(address, { user: admin() });
  await screen.findByText('서로 다른 곳이 없어요');
  await shopper.click(screen.getByRole('button', { name: '대조하기' }));
  await screen.findByText('서로 다른 곳이 없어요');
  expect(asked).toHaveLength(2);

  await shopper.clear(screen.getByLabelText('시작일'));
  await shopper.type(screen.getByLabelText('시작일'), '2026-09-01');
  await shopper.click(screen.getByRole('button', { name: '대조하기' }));
  expect(screen.getByLabelText('종료일')).toHaveAccessibleDescription('31일까지 대조할 수 있어요');

  await shopper.clear(screen.getByLabelText('시작일'));
  await shopper.type(screen.getByLabelText('시작일'), '2026-11-01');
  await shopper.click(screen.getByRole('button', { name: '대조하기' }));
  await screen.findByText('서로 다른 곳이 없어요');
  expect(router.state.location.search).toBe('?from=2026-11-01&to=2026-11-23');
});

it('says so when a side does not answer', async () => {
  server.use(http.get('*/api/payments/reconciliation', () => problem(503, 'unavailable')));
  renderApp(address, { user: admin() });
  expect(await screen.findByRole('alert')).toHaveTextContent('지금은 서비스를 이용할 수 없어요');
});

it('is not there for shoppers', async () => {
  renderApp(address, { user: addAccount() });
  expect(await screen.findByText('페이지를 찾을 수 없어요')).toBeVisible();
});

const run = {
  id: 1,
  status: 'COMPLETE',
  from: '2026-11-21T19:00:00Z',
  to: '2026-11-23T19:00:00Z',
  startedAt: '2026-11-23T19:00:00Z',
  finishedAt: '2026-11-23T19:01:00Z',
  differences: 0,
  settling: 0,
  counts: {},
};

function lastNight(latest: object) {
  answer({ counts: { AMOUNT_DIFFERS: 1 } });
  server.use(
    http.get('*/api/payments/reconciliation/latest', () =>
      HttpResponse.json({ nightly: true, nextAt: '2026-11-24T19:00:00Z', ...latest }),
    ),
  );
  renderApp(address, { user: admin() });
  return screen.findByRole('region', { name: '밤사이 대조' });
}

it('shows what was found at night, by kind, with the way to its period', async () => {
  const counts = { PAID_BUT_CANCELLED: 2, SOMETHING_NEW: 1 };
  const night = await lastNight({ complete: { ...run, differences: 3, counts } });
  expect(await within(night).findByText('서로 다른 곳 3건')).toBeVisible();
  expect(within(night).getByText('취소된 주문인데 돈을 돌려주지 않았어요 2건')).toBeVisible();
  expect(within(night).getByText('SOMETHING_NEW 1건')).toBeVisible();
  expect(within(night).getByRole('link', { name: '이 기간 보기' })).toHaveAttribute(
    'href',
    '/admin/reconciliation?from=2026-11-22&to=2026-11-24',
  );
});

it('says that nothing differed at night', async () => {
  const night = await lastNight({ complete: run });
  expect(await within(night).findByText('서로 다른 곳이 없어요')).toBeVisible();
  expect(within(night).queryByRole('link')).not.toBeInTheDocument();
  expect(within(night).getByText(/^다음 대조는 .*이에요$/)).toBeVisible();
});

it('says why nothing could be compared at night', async () => {
  const failed = { ...run, id: 2, status: 'FAILED', why: 'Toss does not tell.' };
  const night = await lastNight({ complete: run, failed });
  expect(await within(night).findByRole('alert')).toHaveTextContent('Toss does not tell.');
});

it('says that it has not begun yet', async () => {
  const night = await lastNight({ nextAt: undefined });
  expect(await within(night).findByText('오늘 밤부터 대조해요')).toBeVisible();
});

it('says that it is turned off', async () => {
  const night = await lastNight({ nightly: false, nextAt: undefined });
  expect(await within(night).findByText('밤사이 대조가 꺼져 있어요')).toBeVisible();
});

import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it } from 'vitest';
import type { Refund } from '@/types/api';
import { adminHandlers } from '../mocks/admin-handlers';
import { addAccount } from '../mocks/db';
import { problem } from '../mocks/handlers';
import { server } from '../mocks/server';
import { renderApp } from '../render-app';

const at = new Date().toISOString();

const refusedRefund = (): Refund => ({
  id: 7,
  paymentId: 8,
  orderId: 9,
  orderNumber: 'ORDER-REFUSED',
  method: 'CARD',
  amount: 24_000,
  reason: '색이 달라요',
  status: 'FAILED',
  tossCode: 'REFUND_REJECTED',
  tossMessage: '환불이 거절됐습니다.',
  createdAt: at,
  updatedAt: at,
});

let refused: Refund[] = [];

beforeEach(() => {
  refused = [refusedRefund()];
  server.use(
    ...adminHandlers,
    http.get('*/api/payments/refunds', ({ request }) => {
      const items = new URL(request.url).searchParams.get('refused') === 'true' ? refused : [];
      return HttpResponse.json({ items, page: 1, size: 20, total: items.length });
    }),
  );
});

const open = () => renderApp('/admin/refunds?status=REFUSED', { user: addAccount({ role: 'ADMIN' }) });

const retry = async (shopper: ReturnType<typeof open>['shopper']) => {
  await shopper.click(await screen.findByRole('button', { name: '다시 시도' }));
  const dialog = await screen.findByRole('dialog');
  await shopper.click(within(dialog).getByRole('button', { name: '다시 시도' }));
  return dialog;
};

it('shows what Toss refused and why, and has it tried again', async () => {
  server.use(
    http.post('*/api/payments/refunds/:id/retry', ({ params }) => {
      const [refund] = refused.filter(({ id }) => id === Number(params.id));
      if (!refund) return problem(404, 'not_found');
      refused = [];
      return HttpResponse.json({ ...refund, status: 'COMPLETED' });
    }),
  );
  const { shopper } = open();
  expect(await screen.findByText('환불이 거절됐습니다.')).toBeVisible();
  expect(screen.getByRole('link', { name: /거절.*1/ })).toBeVisible();
  await retry(shopper);
  expect(await screen.findByText('24,000원을 카드로 환불했어요')).toBeVisible();
  expect(await screen.findByText('거절된 환불이 없어요')).toBeVisible();
});

it('says why it was refused again', async () => {
  server.use(
    http.post('*/api/payments/refunds/:id/retry', () =>
      problem(422, 'refund_refused', { tossCode: 'REFUND_REJECTED', tossMessage: '또 거절됐습니다.' }),
    ),
  );
  const { shopper } = open();
  const dialog = await retry(shopper);
  await waitFor(() => expect(dialog).toHaveTextContent('또 거절됐습니다.'));
  expect(screen.getByText('ORDER-REFUSED')).toBeInTheDocument();
});

const settle = async (shopper: ReturnType<typeof open>['shopper'], reason: string) => {
  await shopper.click(await screen.findByRole('button', { name: '직접 처리함' }));
  const dialog = await screen.findByRole('alertdialog');
  if (reason) await shopper.type(within(dialog).getByRole('textbox', { name: /사유/ }), reason);
  await shopper.click(within(dialog).getByRole('button', { name: '기록하기' }));
  return dialog;
};

it('notes that a refused one was made by hand, and how', async () => {
  server.use(
    http.post('*/api/payments/refunds/:id/settled', async ({ params, request }) => {
      const [refund] = refused.filter(({ id }) => id === Number(params.id));
      if (!refund) return problem(404, 'not_found');
      const { reason } = (await request.json()) as { reason: string };
      refused = [];
      return HttpResponse.json({ ...refund, status: 'COMPLETED', settledBy: 1, settledAt: at, settledReason: reason });
    }),
  );
  const { shopper } = open();
  await settle(shopper, '계좌로 보냄');
  expect(await screen.findByText('24,000원을 직접 돌려준 것으로 기록했어요')).toBeVisible();
  expect(await screen.findByText('거절된 환불이 없어요')).toBeVisible();
});

it('wants to know how, and says when somebody else was first', async () => {
  server.use(http.post('*/api/payments/refunds/:id/settled', () => problem(409, 'refund_already_settled')));
  const { shopper } = open();
  const dialog = await settle(shopper, '');
  expect(within(dialog).getByRole('textbox', { name: /사유/ })).toBeInvalid();
  await shopper.type(within(dialog).getByRole('textbox', { name: /사유/ }), '계좌로 보냄');
  await shopper.click(within(dialog).getByRole('button', { name: '기록하기' }));
  await waitFor(() => expect(dialog).toHaveTextContent('다른 관리자가 먼저'));
});

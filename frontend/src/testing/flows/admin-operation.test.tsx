import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import type { OutboxMessage, SetAsideEvent } from '@/types/api';
import { adminHandlers, outboxHandlers } from '../mocks/admin-handlers';
import { addAccount } from '../mocks/db';
import { problem } from '../mocks/handlers';
import { server } from '../mocks/server';
import { renderApp } from '../render-app';

it('makes a user an administrator after asking, but offers no change of the own role', async () => {
  server.use(...adminHandlers);
  const user = addAccount({ role: 'ADMIN', name: '이관리' });
  const other = addAccount({ name: '박회원' });
  const { shopper } = renderApp('/admin/users', { user });
  await screen.findByText('박회원');
  await shopper.click(await screen.findByRole('button', { name: '관리자로 지정' }));
  expect(screen.queryByRole('button', { name: '관리자 해제' })).not.toBeInTheDocument();
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText(new RegExp(other.email))).toBeVisible();
  await shopper.click(within(dialog).getByRole('button', { name: '관리자로 지정' }));
  expect(await screen.findByRole('button', { name: '관리자 해제' })).toBeVisible();
  expect(other.role).toBe('ADMIN');
});

it('shows who changed whose role', async () => {
  server.use(...adminHandlers);
  server.use(
    http.get('*/api/users/role-changes', () =>
      HttpResponse.json({
        items: [
          {
            id: 1,
            userId: 7,
            name: '박회원',
            email: 'park@example.com',
            changedBy: 8,
            changedByName: '이관리',
            oldRole: 'USER',
            newRole: 'ADMIN',
            changedAt: '2026-11-23T03:00:00Z',
          },
        ],
        page: 1,
        size: 20,
        total: 1,
      }),
    ),
  );
  const { shopper } = renderApp('/admin/users', { user: addAccount({ role: 'ADMIN', name: '김관리' }) });
  await shopper.click(await screen.findByRole('link', { name: '역할 변경 기록' }));
  const row = await screen.findByRole('row', { name: /박회원/ });
  expect(row).toHaveTextContent('park@example.com');
  expect(row).toHaveTextContent(/→/);
  expect(row).toHaveTextContent('이관리');
});

it('explains that nobody changes the own role', async () => {
  server.use(...adminHandlers);
  server.use(http.patch('*/api/users/:id/role', () => problem(409, 'own_role')));
  addAccount({ role: 'ADMIN' });
  const { shopper } = renderApp('/admin/users', { user: addAccount({ role: 'ADMIN' }) });
  await shopper.click(await screen.findByRole('button', { name: '관리자 해제' }));
  const dialog = await screen.findByRole('alertdialog');
  await shopper.click(within(dialog).getByRole('button', { name: '관리자 해제' }));
  expect(await within(dialog).findByRole('alert')).toHaveTextContent('내 권한은 다른 관리자만 바꿀 수 있어요');
});

const message = (values: Partial<OutboxMessage>): OutboxMessage => ({
  id: 1,
  type: 'return-stock',
  key: 'ORDER-1',
  status: 'DEAD',
  attempts: 12,
  nextAttemptAt: '2026-11-23T03:00:00Z',
  lastError: 'product-svc answered 500',
  createdAt: '2026-11-23T01:00:00Z',
  doneAt: '2026-11-23T02:00:00Z',
  ...values,
});

it('shows the messages that stopped and has one retried', async () => {
  const messages = { orders: [message({})], payments: [message({ id: 2, type: 'order-paid', status: 'PENDING' })] };
  server.use(...outboxHandlers(messages));
  const { shopper } = renderApp('/admin/messages', { user: addAccount({ role: 'ADMIN' }) });
  const orders = await screen.findByRole('region', { name: '주문 서비스' });
  expect(await within(orders).findByText('재고 되돌리기')).toBeVisible();
  expect(within(orders).getByText('product-svc answered 500')).toBeVisible();
  expect(screen.queryByText('주문에 결제 완료 알리기')).not.toBeInTheDocument();

  await shopper.click(within(orders).getByRole('button', { name: '다시 보내기' }));
  await waitFor(() => expect(within(orders).getByText('멈춘 메시지가 없어요')).toBeVisible());
  expect(messages.orders[0]?.status).toBe('PENDING');
  await shopper.click(screen.getByRole('link', { name: /대기/ }));
  expect(await screen.findByText('주문에 결제 완료 알리기')).toBeVisible();
  expect(screen.getByText('재고 되돌리기')).toBeVisible();
});

it('shows what has happened to orders and is not understood, and has it tried again', async () => {
  const at = '2026-11-23T01:00:00Z';
  const event = { orderId: 7, orderNumber: 'ORDER-7', occurredAt: at, setAsideAt: at };
  let items: SetAsideEvent[] = [
    { ...event, position: 3, type: 'ORDER_WRAPPED_AS_GIFT', why: 'This release does not know it.', isBehind: false },
    { ...event, position: 4, type: 'ORDER_STATUS_CHANGED', isBehind: true },
  ];
  let understood = false;
  server.use(
    ...outboxHandlers({ orders: [], payments: [] }),
    http.get('*/api/payments/set-aside-events', () =>
      HttpResponse.json({ items, page: 1, size: 20, total: items.length }),
    ),
    http.post('*/api/payments/set-aside-events/:position/retry', ({ params }) => {
      if (!understood) return problem(409, 'not_understood');
      items = items.filter(({ position }) => position !== Number(params.position));
      return new HttpResponse(null, { status: 204 });
    }),
  );
  const { shopper } = renderApp('/admin/messages', { user: addAccount({ role: 'ADMIN' }) });
  const region = await screen.findByRole('region', { name: '처리하지 못한 주문 소식' });
  expect(await within(region).findByText('ORDER_WRAPPED_AS_GIFT')).toBeVisible();
  expect(within(region).getByText('This release does not know it.')).toBeVisible();
  expect(within(region).getByText('앞의 소식을 기다려요')).toBeVisible();

  const retry = () => within(region).getAllByRole('button', { name: '다시 시도' })[0] as HTMLElement;
  await shopper.click(retry());
  expect(await screen.findByText('아직 처리할 수 없어요')).toBeVisible();
  understood = true;
  await shopper.click(retry());
  await waitFor(() => expect(within(region).queryByText('ORDER_WRAPPED_AS_GIFT')).not.toBeInTheDocument());
  expect(within(region).getByText('ORDER_STATUS_CHANGED')).toBeVisible();

  // Of other messages' pages it is no part.
  await shopper.click(screen.getByRole('link', { name: /대기/ }));
  await waitFor(() => expect(region).not.toBeInTheDocument());
});

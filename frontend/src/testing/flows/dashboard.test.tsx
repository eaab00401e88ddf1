import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { structuralProblems } from '../axe';
import { addAccount, addProduct } from '../mocks/db';
import { problem } from '../mocks/handlers';
import { server } from '../mocks/server';
import { renderApp } from '../render-app';

const nothing = { items: [], page: 1, size: 1, total: 0 };

function answer() {
  const asked: URLSearchParams[] = [];
  server.use(
    http.get('*/api/orders/statistics', ({ request }) => {
      const { searchParams } = new URL(request.url);
      asked.push(searchParams);
      return HttpResponse.json({
        from: '2026-11-17',
        to: '2026-11-18',
        timeZone: 'Asia/Seoul',
        orders: 5,
        sales: 88_000,
        byStatus: [{ status: 'SHIPPING', orders: 2, total: 30_000 }],
        days: [
          { date: '2026-11-17', orders: 1, sales: 8_000 },
          { date: '2026-11-18', orders: 4, sales: 80_000 },
        ],
        bestSellers: [{ productId: 9, productName: '감귤', quantity: 6, sales: 72_000 }],
      });
    }),
    http.get('*/api/payments/refunds', ({ request }) =>
      HttpResponse.json({ ...nothing, total: new URL(request.url).searchParams.has('refused') ? 5 : 2 }),
    ),
    http.get('*/api/orders/outbox', () => HttpResponse.json({ ...nothing, total: 1 })),
    http.get('*/api/payments/outbox', () => HttpResponse.json({ ...nothing, total: 3 })),
  );
  return asked;
}

const daysBetween = (params: URLSearchParams | undefined) =>
  (Date.parse(params?.get('to') ?? '') - Date.parse(params?.get('from') ?? '')) / 86_400_000 + 1;

it('shows sales and what waits, every number with the page where one acts', async () => {
  const asked = answer();
  addProduct({ stock: 0 });
  const { shopper } = renderApp('/admin', { user: addAccount({ role: 'ADMIN' }) });

  expect(await screen.findByRole('link', { name: '80,000원' })).toHaveAttribute(
    'href',
    '/admin/orders?from=2026-11-18&to=2026-11-18',
  );
  expect(daysBetween(asked[0])).toBe(7);
  const toDo = screen.getByRole('list', { name: '할 일' });
  expect(await within(toDo).findByText('4건')).toBeVisible();
  expect(await within(toDo).findByRole('link', { name: '거절된 환불' })).toHaveAttribute(
    'href',
    '/admin/refunds?status=REFUSED',
  );
  expect(within(toDo).getByText('5건')).toBeVisible();
  expect(within(toDo).getByRole('link', { name: '멈춘 메시지' })).toHaveAttribute('href', '/admin/messages');
  expect(within(toDo).getByRole('link', { name: '재고 부족' })).toHaveAttribute(
    'href',
    '/admin/products?stockBelow=10&sort=stock',
  );
  expect(screen.getByRole('link', { name: '감귤' })).toHaveAttribute('href', '/admin/products/9');
  expect(await structuralProblems()).toEqual([]);

  await shopper.click(screen.getByRole('link', { name: '30일' }));
  await screen.findByRole('link', { name: '30일', current: true });
  expect(daysBetween(asked.at(-1))).toBe(30);
});

it('says what could not be loaded and shows the rest', async () => {
  answer();
  server.use(http.get('*/api/payments/refunds', () => problem(503, 'unavailable')));
  renderApp('/admin', { user: addAccount({ role: 'ADMIN' }) });
  expect(await screen.findByRole('alert')).toHaveTextContent('지금은 서비스를 이용할 수 없어요');
  expect(await screen.findByRole('link', { name: '80,000원' })).toBeVisible();
});

it('shows what was found at night only when something was', async () => {
  answer();
  renderApp('/admin', { user: addAccount({ role: 'ADMIN' }) });
  expect(await screen.findByText('5건')).toBeVisible();
  for (const name of ['서로 다른 기록', '대조하지 못함', '처리하지 못한 주문 소식'])
    expect(screen.queryByRole('link', { name })).not.toBeInTheDocument();
});

it('shows what differs, what could not be compared and what is not understood', async () => {
  answer();
  server.use(
    http.get('*/api/payments/set-aside-events', () => HttpResponse.json({ ...nothing, total: 7 })),
    http.get('*/api/payments/reconciliation/latest', () =>
      HttpResponse.json({ nightly: true, complete: { differences: 9 }, failed: { differences: 0 } }),
    ),
  );
  renderApp('/admin', { user: addAccount({ role: 'ADMIN' }) });
  expect(await screen.findByRole('link', { name: '서로 다른 기록' })).toHaveAttribute('href', '/admin/reconciliation');
  expect(screen.getByText('9건')).toBeVisible();
  expect(await screen.findByRole('link', { name: '대조하지 못함' })).toHaveAttribute('href', '/admin/reconciliation');
  expect(await screen.findByRole('link', { name: '처리하지 못한 주문 소식' })).toHaveAttribute(
    'href',
    '/admin/messages',
  );
  expect(screen.getByText('7건')).toBeVisible();
});

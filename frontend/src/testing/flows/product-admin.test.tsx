import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import type { Product } from '@/types/api';
import { structuralProblems } from '../axe';
import { addAccount, addProduct, db } from '../mocks/db';
import { problem } from '../mocks/handlers';
import { server } from '../mocks/server';
import { renderApp } from '../render-app';

const admin = () => addAccount({ role: 'ADMIN' });

function ledgerOf(...items: object[]) {
  server.use(
    http.get('*/api/products/:id/stock-movements', () =>
      HttpResponse.json({ items, page: 1, size: 10, total: items.length }),
    ),
  );
}

function answerUpdates() {
  const bodies: Record<string, unknown>[] = [];
  server.use(
    http.put<{ id: string }, Record<string, unknown>>('*/api/products/:id', async ({ params, request }) => {
      const body = await request.json();
      bodies.push(body);
      const product = db.products.find(({ id }) => id === Number(params.id)) as Product;
      return HttpResponse.json(Object.assign(product, body));
    }),
  );
  return bodies;
}

it('lists products with their stock, filtered as the address says', async () => {
  const asked: URLSearchParams[] = [];
  addProduct({ name: '감귤', stock: 3 });
  server.events.on('request:start', ({ request }) => {
    const url = new URL(request.url);
    if (url.pathname === '/api/products') asked.push(url.searchParams);
  });
  const { router, shopper } = renderApp('/admin/products?sort=stock', { user: admin() });

  const table = await screen.findByRole('grid', { name: '상품' });
  expect(within(table).getByRole('link', { name: '감귤' })).toHaveAttribute('href', '/admin/products/1');
  expect(asked[0]?.getAll('status')).toEqual(['AVAILABLE', 'OUT_OF_STOCK', 'DISCONTINUED']);
  expect(asked[0]?.get('sort')).toBe('stock');
  expect(await structuralProblems()).toEqual([]);

  await shopper.click(screen.getByRole('button', { name: '재고 10개 미만' }));
  await waitFor(() => expect(router.state.location.search).toBe('?stockBelow=10&sort=stock'));
  await waitFor(() => expect(asked.at(-1)?.get('stockBelow')).toBe('10'));
  server.events.removeAllListeners();
});

it('says at the field what is wrong, the server too, and sends what is right', async () => {
  const { id } = addProduct({ name: '감귤', category: '과일' });
  ledgerOf();
  const { shopper } = renderApp(`/admin/products/${id}`, { user: admin() });
  const name = await screen.findByRole('textbox', { name: /상품 이름/ });

  await shopper.clear(name);
  await shopper.click(screen.getByRole('button', { name: '저장하기' }));
  expect(name).toHaveAccessibleDescription('꼭 적어 주세요');

  server.use(
    http.put('*/api/products/:id', () =>
      problem(400, 'validation_failed', { errors: { name: ['The field Name is odd.'] } }),
    ),
  );
  await shopper.type(name, '한라봉');
  await shopper.click(screen.getByRole('button', { name: '저장하기' }));
  await waitFor(() => expect(name).toHaveAccessibleDescription('이 값을 다시 확인해 주세요'));

  const bodies = answerUpdates();
  await shopper.click(screen.getByRole('button', { name: '저장하기' }));
  expect(await screen.findByText('저장했어요')).toBeVisible();
  expect(bodies).toEqual([{ name: '한라봉', category: '과일', price: 10_000, description: '', imageUrl: null }]);
  expect(await structuralProblems()).toEqual([]);
});

/** Another administrator saves a price of 12,000 won while this one types, and refuses what has not seen it. */
function editTogether() {
  const product = addProduct({ name: '감귤', price: 10_000, version: 'v1' });
  ledgerOf();
  const saves: { tag: string | null; price: number }[] = [];
  server.use(
    http.put<{ id: string }, { price: number }>('*/api/products/:id', async ({ request }) => {
      const { price } = await request.json();
      const tag = request.headers.get('If-Match');
      saves.push({ tag, price });
      if (tag !== `"${product.version}"`) return problem(412, 'changed_meanwhile', { current: product });
      return HttpResponse.json(Object.assign(product, { price, version: 'v3' }));
    }),
  );
  return { product, saves, saveElsewhere: () => Object.assign(product, { price: 12_000, version: 'v2' }) };
}

it('shows what another administrator has changed meanwhile, and saves what is typed all the same', async () => {
  const { product, saves, saveElsewhere } = editTogether();
  const { shopper } = renderApp(`/admin/products/${product.id}`, { user: admin() });
  await shopper.type(await screen.findByRole('textbox', { name: /상품 이름/ }), '!');
  saveElsewhere();

  await shopper.click(screen.getByRole('button', { name: '저장하기' }));
  const notice = await screen.findByRole('alert');
  expect(notice).toHaveTextContent('10,000원 → 12,000원');
  expect(notice).not.toHaveTextContent('상품 이름');

  await shopper.click(within(notice).getByRole('button', { name: '내가 적은 내용 두기' }));
  await shopper.click(screen.getByRole('button', { name: '저장하기' }));
  expect(await screen.findByText('저장했어요')).toBeVisible();
  expect(saves).toEqual([
    { tag: '"v1"', price: 10_000 },
    { tag: '"v2"', price: 10_000 },
  ]);
});

it('takes over what another administrator has changed meanwhile', async () => {
  const { product, saveElsewhere } = editTogether();
  const { shopper } = renderApp(`/admin/products/${product.id}`, { user: admin() });
  await shopper.type(await screen.findByRole('textbox', { name: /상품 이름/ }), '!');
  saveElsewhere();

  await shopper.click(screen.getByRole('button', { name: '저장하기' }));
  await shopper.click(await screen.findByRole('button', { name: '바뀐 내용 불러오기' }));
  expect(screen.getByRole('textbox', { name: /판매가/ })).toHaveValue('12,000');
  expect(screen.getByRole('textbox', { name: /상품 이름/ })).toHaveValue('감귤');
});

it('asks before what was typed is lost', async () => {
  const { id } = addProduct({ name: '감귤' });
  ledgerOf();
  const { router, shopper } = renderApp(`/admin/products/${id}`, { user: admin() });
  await shopper.type(await screen.findByRole('textbox', { name: /상품 이름/ }), ' 5kg');

  await shopper.click(screen.getAllByRole('link', { name: '상품' })[0] as HTMLElement);
  const question = await screen.findByRole('alertdialog', { name: '저장하지 않고 나갈까요?' });
  await shopper.click(within(question).getByRole('button', { name: '취소' }));
  expect(screen.getByRole('textbox', { name: /상품 이름/ })).toHaveValue('감귤 5kg');

  await shopper.click(screen.getAllByRole('link', { name: '상품' })[0] as HTMLElement);
  await shopper.click(await screen.findByRole('button', { name: '저장하지 않고 나가기' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/admin/products'));
});

it('uploads a picture and refuses what is none', async () => {
  const { id } = addProduct();
  ledgerOf();
  const uploads: (string | null)[] = [];
  server.use(
    http.post('*/api/products/images', ({ request }) => {
      uploads.push(request.headers.get('Content-Type'));
      return HttpResponse.json({ imageUrl: '/api/products/images/abc.png' }, { status: 201 });
    }),
  );
  const bodies = answerUpdates();
  const { shopper } = renderApp(`/admin/products/${id}`, { user: admin() });
  await screen.findByRole('button', { name: '파일 선택' });
  const input = document.querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement;

  await shopper.upload(input, new File([new Uint8Array(1024 * 1024 + 1)], 'big.png', { type: 'image/png' }));
  expect(await screen.findByText('1MB보다 큰 사진은 올릴 수 없어요')).toBeVisible();
  expect(uploads).toEqual([]);

  await shopper.upload(input, new File(['picture'], 'small.png', { type: 'image/png' }));
  await screen.findByRole('button', { name: '사진 빼기' });
  expect(uploads).toEqual(['image/png']);
  await shopper.click(screen.getByRole('button', { name: '저장하기' }));
  await waitFor(() => expect(bodies[0]?.imageUrl).toBe('/api/products/images/abc.png'));
});

it('says why a picture of too many pixels is refused', async () => {
  const { id } = addProduct();
  ledgerOf();
  server.use(
    http.post('*/api/products/images', () =>
      HttpResponse.json({ status: 422, code: 'picture_too_large', traceId: 't' }, { status: 422 }),
    ),
  );
  const { shopper } = renderApp(`/admin/products/${id}`, { user: admin() });
  await screen.findByRole('button', { name: '파일 선택' });
  const input = document.querySelector<HTMLInputElement>('input[type=file]') as HTMLInputElement;

  await shopper.upload(input, new File(['picture'], 'wide.png', { type: 'image/png' }));

  expect(await screen.findByText(/사진의 픽셀이 너무 많아요/)).toBeVisible();
});

it('adjusts the stock by a difference, with a reason', async () => {
  const product = addProduct({ stock: 7 });
  ledgerOf({ id: 1, kind: 'INITIAL', change: 7, stockAfter: 7, createdAt: '2026-11-23T00:00:00Z' });
  const bodies: unknown[] = [];
  const keys = new Set<string | null>();
  server.use(
    http.patch('*/api/products/:id/stock', async ({ request }) => {
      bodies.push(await request.json());
      keys.add(request.headers.get('Idempotency-Key'));
      // The answer to the first gets lost.
      if (bodies.length === 1) return problem(503, 'unavailable');
      product.stock = 4;
      return HttpResponse.json(product);
    }),
  );
  const { shopper } = renderApp(`/admin/products/${product.id}`, { user: admin() });
  await shopper.click(await screen.findByRole('button', { name: '재고 조정' }));
  const dialog = await screen.findByRole('dialog', { name: '재고 조정' });
  await shopper.click(within(dialog).getByRole('button', { name: '조정하기' }));
  const change = within(dialog).getByRole('textbox', { name: /수량/ });
  expect(change).toHaveAccessibleDescription(/꼭 적어 주세요/);

  await shopper.type(change, '-3');
  await shopper.type(within(dialog).getByRole('textbox', { name: /이유/ }), '파손');
  await shopper.click(within(dialog).getByRole('button', { name: '조정하기' }));
  expect(await screen.findByText('재고를 4개로 바꿨어요', {}, { timeout: 10_000 })).toBeVisible();
  expect(bodies).toEqual(Array(2).fill({ change: -3, reason: '파손' }));
  expect([...keys]).toEqual([expect.stringMatching(/.{8}/)]);
});

it('says plainly that there is no such product', async () => {
  renderApp('/admin/products/999', { user: admin() });
  expect(await screen.findByRole('heading', { level: 1, name: '페이지를 찾을 수 없어요' })).toBeVisible();
});

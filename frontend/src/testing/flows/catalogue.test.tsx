import { screen, waitFor, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { addProduct } from '../mocks/db';
import { problem } from '../mocks/handlers';
import { server } from '../mocks/server';
import { renderApp } from '../render-app';

const namesIn = (part: HTMLElement, level: number) =>
  within(part)
    .getAllByRole('heading', { level })
    .map((heading) => heading.textContent);

const productNames = () => namesIn(screen.getByRole('main'), 2);

const namesUnder = (heading: string) => namesIn(screen.getByRole('region', { name: heading }), 3);

it('searches, and keeps the search in the address', async () => {
  addProduct({ name: '제주 감귤' });
  addProduct({ name: '충주 사과' });
  const { router, shopper } = renderApp('/');
  await screen.findByText('충주 사과');

  await shopper.type(screen.getByRole('searchbox'), '감귤{Enter}');

  expect(await screen.findByRole('heading', { level: 1, name: '‘감귤’ 검색 결과' })).toBeVisible();
  await waitFor(() => expect(productNames()).toEqual(['제주 감귤']));
  expect(new URLSearchParams(router.state.location.search).get('q')).toBe('감귤');
});

it('shows what the address asks for', async () => {
  addProduct({ name: '싼 것', price: 1_000 });
  addProduct({ name: '알맞은 것', price: 5_000 });
  addProduct({ name: '더 알맞은 것', price: 4_000 });
  addProduct({ name: '품절된 것', price: 5_000, stock: 0, status: 'OUT_OF_STOCK' });
  addProduct({ name: '다른 종류', price: 5_000, category: '문구' });
  renderApp('/?category=식품&minPrice=2000&maxPrice=6000&inStock=true&sort=priceAsc');
  await screen.findByText('알맞은 것');
  expect(productNames()).toEqual(['더 알맞은 것', '알맞은 것']);
  expect(screen.getByRole('link', { name: '식품' })).toHaveAttribute('aria-current', 'page');
});

it('filters by price and goes back to the first page', async () => {
  for (let index = 0; index < 31; index++) addProduct({ price: 1_000 + index });
  const { router, shopper } = renderApp('/?page=2');
  await waitFor(() => expect(productNames()).toHaveLength(1));

  await shopper.type(screen.getByRole('textbox', { name: '최저 가격' }), '1030');
  await shopper.click(screen.getByRole('button', { name: '적용' }));

  await waitFor(() => expect(router.state.location.search).toBe('?minPrice=1030'));
  await waitFor(() => expect(productNames()).toHaveLength(1));
});

it('pages', async () => {
  for (let index = 0; index < 35; index++) addProduct();
  const { router, shopper } = renderApp('/');
  await waitFor(() => expect(namesUnder('전체 상품')).toHaveLength(30));
  const paging = screen.getByRole('navigation', { name: '페이지' });
  await shopper.click(within(paging).getByRole('link', { name: '2' }));
  await waitFor(() => expect(productNames()).toHaveLength(5));

  await shopper.click(within(screen.getByRole('navigation', { name: '페이지' })).getByRole('link', { name: '1' }));
  await waitFor(() => expect(namesUnder('전체 상품')).toHaveLength(30));
  expect(router.state.location).toMatchObject({ search: '', hash: '#products' });
});

it('leads into a large catalogue with what is new, the departments and what costs little', async () => {
  for (let index = 0; index < 30; index++) addProduct({ category: '식품' });
  addProduct({ name: '값싼 연필', price: 500, category: '문구', imageUrl: '/api/products/images/pencil.svg' });
  addProduct({ name: '품절된 새 컵', stock: 0, imageUrl: '/api/products/images/cup.svg' });
  const { router, shopper } = renderApp('/');

  const front = await screen.findByRole('region', { name: '매일 쓰는 좋은 물건을 정직한 값에' });
  await waitFor(() => expect(within(front).getAllByRole('link')).toHaveLength(1));
  expect(within(front).getByRole('link', { name: '값싼 연필 500원' })).toHaveAttribute('href', '/products/31');
  await waitFor(() => expect(namesUnder('부담 없는 가격')[0]).toBe('값싼 연필'));

  await shopper.click(
    within(screen.getByRole('region', { name: '카테고리로 찾기' })).getByRole('link', { name: '문구' }),
  );
  await waitFor(() => expect(productNames()).toEqual(['값싼 연필']));
  expect(screen.queryByRole('region', { name: '부담 없는 가격' })).not.toBeInTheDocument();
  expect(router.state.location.search).toBe(`?${new URLSearchParams({ category: '문구' })}`);
});

it('says so when nothing matches, and lets the filters go', async () => {
  addProduct({ name: '감귤', price: 1_000 });
  const { shopper } = renderApp('/?minPrice=5000');
  expect(await screen.findByText('조건에 맞는 상품이 없어요')).toBeVisible();
  await shopper.click(screen.getByRole('button', { name: '필터 풀기' }));
  expect(await screen.findByText('감귤')).toBeVisible();
});

it('says so when the service is down, and tries again', async () => {
  addProduct({ name: '감귤' });
  server.use(http.get('*/api/products', () => problem(503, 'downstream_unavailable')));
  const { shopper } = renderApp('/');
  expect(await screen.findByRole('alert')).toHaveTextContent('지금은 서비스를 이용할 수 없어요');
  server.resetHandlers();
  await shopper.click(screen.getByRole('button', { name: '다시 시도' }));
  expect(await screen.findByText('감귤')).toBeVisible();
});

it('speaks English when asked', async () => {
  addProduct({ price: 12_900 });
  const { shopper } = renderApp('/');
  await screen.findByText('12,900원');
  await shopper.click(screen.getAllByRole('button', { name: 'English' })[0] as HTMLElement);
  expect(await screen.findByRole('heading', { level: 1, name: 'All products' })).toBeVisible();
  expect(screen.getByText('₩12,900')).toBeVisible();
});

it('does not sell what is sold out', async () => {
  addProduct({ id: 7, name: '감귤', stock: 0, status: 'OUT_OF_STOCK' });
  renderApp('/products/7');
  expect(await screen.findByRole('heading', { level: 1, name: '감귤' })).toBeVisible();
  expect(screen.queryByRole('button', { name: '바로 구매' })).not.toBeInTheDocument();
});

it.each(['/products/999', '/products/abc', '/nowhere'])('finds nothing at %s', async (address) => {
  renderApp(address);
  expect(await screen.findByText('페이지를 찾을 수 없어요')).toBeVisible();
});

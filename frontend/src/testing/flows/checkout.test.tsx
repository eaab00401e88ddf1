import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { useCart } from '@/features/cart/stores/cart-store';
import { addAccount, addOrder, addProduct, db } from '../mocks/db';
import { renderApp } from '../render-app';

async function fillRecipient(shopper: ReturnType<typeof renderApp>['shopper']) {
  await shopper.type(await screen.findByLabelText(/우편번호/), '04524');
  await shopper.type(screen.getByLabelText(/^주소/), '서울특별시 중구 세종대로 110');
  await shopper.click(screen.getByRole('button', { name: '다음: 결제' }));
}

it('orders what is in the cart by bank transfer', async () => {
  const tangerine = addProduct({ name: '감귤', price: 12_000, stock: 10 });
  const { router, shopper } = renderApp(`/products/${tangerine.id}`, { user: addAccount() });

  await shopper.click(await screen.findByRole('button', { name: /증가/ }));
  await shopper.click(screen.getByRole('button', { name: '바로 구매' }));
  await shopper.click(await screen.findByRole('link', { name: '주문하기' }));
  await fillRecipient(shopper);
  await shopper.click(await screen.findByRole('radio', { name: /무통장입금/ }));
  await shopper.click(screen.getByRole('button', { name: '24,000원 주문하기' }));

  const transfer = await screen.findByRole('region', { name: '아래 계좌로 입금해 주세요' });
  expect(within(transfer).getByText('123456-04-567890')).toBeVisible();
  expect(within(transfer).getByText('24,000원')).toBeVisible();
  expect(screen.getByRole('heading', { level: 1, name: '주문을 받았어요' })).toBeVisible();
  expect(router.state.location.pathname).toBe(`/orders/${db.orders[0]?.id}`);
  expect(useCart.getState().lines).toEqual([]);
  expect(tangerine.stock).toBe(8);
});

it('shows at the line what ran out in the meantime', async () => {
  const tangerine = addProduct({ name: '감귤', stock: 10 });
  const apple = addProduct({ name: '사과', stock: 10 });
  const { shopper } = renderApp('/', { user: addAccount() });
  useCart.getState().add(tangerine, 5);
  useCart.getState().add(apple, 1);
  await shopper.click(await screen.findByRole('link', { name: '장바구니 6' }));
  await shopper.click(await screen.findByRole('link', { name: '주문하기' }));
  await fillRecipient(shopper);
  tangerine.stock = 2;
  await shopper.click(await screen.findByRole('button', { name: /원 카드로 결제하기/ }));

  expect(await screen.findByRole('alert')).toHaveTextContent('재고가 모자란 상품이 있어요');
  const lines = screen.getAllByRole('listitem');
  const lineOf = (name: string) => lines.find((line) => within(line).queryByText(name));
  expect(lineOf('감귤')).toHaveTextContent('2개만 남았어요');
  expect(lineOf('사과')).not.toHaveTextContent('남았어요');
  expect(screen.getByRole('button', { name: /원 카드로 결제하기/ })).toBeDisabled();
  expect(db.orders).toHaveLength(0);

  await shopper.click(screen.getByRole('link', { name: '장바구니로' }));
  await shopper.click(await screen.findByRole('button', { name: '2개로 바꾸기' }));
  expect(await screen.findByRole('link', { name: '주문하기' })).toBeVisible();
});

it('shows in the cart that a price changed', async () => {
  const tangerine = addProduct({ name: '감귤', price: 10_000 });
  const { shopper } = renderApp('/');
  useCart.getState().add(tangerine, 2);
  tangerine.price = 12_000;
  await shopper.click(await screen.findByRole('link', { name: '장바구니 2' }));
  expect(await screen.findByText('담을 때는 10,000원이었어요')).toBeVisible();
  expect(screen.getAllByText('24,000원')).toHaveLength(2);
  await shopper.click(screen.getByRole('button', { name: '확인' }));
  await waitFor(() => expect(screen.queryByText(/담을 때는/)).not.toBeInTheDocument());
});

it('does not show the order of someone else', async () => {
  const [owner, stranger] = [addAccount(), addAccount()];
  addOrder({ id: 900, userId: owner.id });
  renderApp('/orders/900', { user: stranger });
  expect(await screen.findByText('페이지를 찾을 수 없어요')).toBeVisible();
});

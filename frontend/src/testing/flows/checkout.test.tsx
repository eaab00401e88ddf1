import { screen, waitFor, within } from '@testing-library/react';
import { http } from 'msw';
import { expect, it } from 'vitest';
import { useCart } from '@/features/shop/cart/stores/cart-store';
import { addAccount, addOrder, addProduct, db } from '../mocks/db';
import { problem } from '../mocks/handlers';
import { server } from '../mocks/server';
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

  await shopper.click(screen.getByRole('button', { name: '바뀐 내용으로 30,000원 주문하기' }));
  await waitFor(() => expect(db.orders).toHaveLength(1));
  expect(db.orders[0]?.items).toMatchObject([{ quantity: 2 }, { quantity: 1 }]);
});

it('does not order at a price that the shopper has not seen, and at the new one with one more press', async () => {
  const tangerine = addProduct({ name: '감귤', price: 10_000 });
  const { shopper } = renderApp('/', { user: addAccount() });
  useCart.getState().add(tangerine, 2);
  await shopper.click(await screen.findByRole('link', { name: '장바구니 2' }));
  await shopper.click(await screen.findByRole('link', { name: '주문하기' }));
  await fillRecipient(shopper);
  tangerine.price = 12_000;
  await shopper.click(await screen.findByRole('radio', { name: /무통장입금/ }));
  await shopper.click(screen.getByRole('button', { name: '20,000원 주문하기' }));

  expect(await screen.findByRole('alert')).toHaveTextContent('가격이 바뀌어서 아직 주문하지 않았어요');
  expect(screen.getByText('담은 뒤 달라진 상품이 있어요').closest('[role=status]')).toHaveTextContent(
    '합계 20,000원 24,000원',
  );
  expect(screen.getByText('감귤').closest('li')).toHaveTextContent('가격이 올랐어요 10,000원 12,000원');
  expect(screen.getByRole('button', { name: '24,000원 주문하기' })).toBeDisabled();
  expect(db.orders).toHaveLength(0);

  // Once more meanwhile: what was agreed to is not ordered at yet another price.
  tangerine.price = 13_000;
  await shopper.click(screen.getByRole('button', { name: '바뀐 내용으로 24,000원 주문하기' }));
  await shopper.click(await screen.findByRole('button', { name: '바뀐 내용으로 26,000원 주문하기' }));
  await waitFor(() =>
    expect(db.orders).toMatchObject([{ totalPrice: 26_000, paymentMethod: 'BANK_TRANSFER', items: [{ quantity: 2 }] }]),
  );
});

it('shows in the cart what changed, and takes it over at once', async () => {
  const tangerine = addProduct({ name: '감귤', price: 10_000 });
  const apple = addProduct({ name: '사과', price: 5_000, stock: 9 });
  const pear = addProduct({ name: '배' });
  const plum = addProduct({ name: '자두' });
  const { shopper } = renderApp('/');
  for (const product of [tangerine, apple, pear, plum]) useCart.getState().add(product, 4);
  tangerine.price = 12_000;
  apple.stock = 3;
  pear.stock = 0;
  plum.status = 'DISCONTINUED';
  await shopper.click(await screen.findByRole('link', { name: '장바구니 16' }));

  const lineOf = (name: string) => {
    const line = screen.getByRole('link', { name }).closest('li');
    if (!line) throw new Error(`${name} is not in the cart.`);
    return line;
  };
  await waitFor(() => expect(lineOf('감귤')).toHaveTextContent('가격이 올랐어요 10,000원 12,000원'));
  expect(lineOf('사과')).toHaveTextContent('3개만 남았어요');
  expect(lineOf('배')).toHaveTextContent('품절된 상품이에요');
  expect(lineOf('자두')).toHaveTextContent('이제 팔지 않는 상품이에요');
  expect(screen.queryByRole('link', { name: '주문하기' })).not.toBeInTheDocument();

  await shopper.click(screen.getByRole('button', { name: '확인했어요' }));
  expect(screen.getByRole('link', { name: '주문하기' })).toBeVisible();
  expect(useCart.getState().lines).toMatchObject([
    { name: '감귤', price: 12_000, quantity: 4 },
    { name: '사과', price: 5_000, quantity: 3 },
  ]);
  expect(screen.getByText('63,000원')).toBeVisible();
});

it('leads back to the recipient when the shop finds something wrong with it', async () => {
  const tangerine = addProduct({ name: '감귤', price: 10_000 });
  const { shopper } = renderApp('/', { user: addAccount() });
  useCart.getState().add(tangerine, 1);
  await shopper.click(await screen.findByRole('link', { name: '장바구니 1' }));
  await shopper.click(await screen.findByRole('link', { name: '주문하기' }));
  await fillRecipient(shopper);
  const errors = { 'recipient.postalCode': ['The field PostalCode is odd.'] };
  server.use(http.post('*/api/orders', () => problem(400, 'validation_failed', { errors }), { once: true }));
  await shopper.click(await screen.findByRole('button', { name: '10,000원 카드로 결제하기' }));

  const postalCode = await screen.findByLabelText(/우편번호/);
  expect(postalCode).toHaveAccessibleDescription('이 값을 다시 확인해 주세요');
  await shopper.clear(postalCode);
  await shopper.type(postalCode, '04525');
  await shopper.click(screen.getByRole('button', { name: '다음: 결제' }));
  const submit = await screen.findByRole('button', { name: '10,000원 카드로 결제하기' });
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  await shopper.click(submit);
  await waitFor(() => expect(db.orders).toMatchObject([{ recipient: { postalCode: '04525' } }]));
});

it('does not show the order of someone else', async () => {
  const [owner, stranger] = [addAccount(), addAccount()];
  addOrder({ id: 900, userId: owner.id });
  renderApp('/orders/900', { user: stranger });
  expect(await screen.findByText('페이지를 찾을 수 없어요')).toBeVisible();
});

import { screen, waitFor, within } from '@testing-library/react';
import { delay, http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { useCart } from '@/features/shop/cart/stores/cart-store';
import { endSession } from '@/lib/session';
import type { Order, User } from '@/types/api';
import { addAccount, addOrder, addPayment, addProduct, db } from '../mocks/db';
import { problem } from '../mocks/handlers';
import { server } from '../mocks/server';
import { stubPaymentWindow, windowError } from '../payment-window';
import { renderApp } from '../render-app';

let user: User;
beforeEach(() => {
  user = addAccount();
});

const heading = (name: string | RegExp) => screen.findByRole('heading', { level: 1, name });
const successAddress = ({ orderNumber, totalPrice }: Order, amount = totalPrice) =>
  `/checkout/success?paymentType=NORMAL&amount=${amount}&orderId=${orderNumber}&paymentKey=tviva_1`;

/** Counts requests before they are answered. */
function count(path: string) {
  const counted = { requests: 0, keys: new Set<string | null>() };
  server.use(
    http.post(path, ({ request }) => {
      counted.requests++;
      counted.keys.add(request.headers.get('Idempotency-Key'));
      return undefined;
    }),
  );
  return counted;
}

async function toPaymentStep() {
  const tangerine = addProduct({ name: '감귤', price: 12_000, stock: 10 });
  const apple = addProduct({ name: '사과', price: 5_000, stock: 10 });
  const app = renderApp('/cart', { user, strict: true });
  useCart.getState().add(tangerine, 2);
  useCart.getState().add(apple, 1);
  await app.shopper.click(await screen.findByRole('link', { name: '주문하기' }));
  await app.shopper.type(await screen.findByLabelText(/우편번호/), '04524');
  await app.shopper.type(screen.getByLabelText(/^주소/), '서울특별시 중구 세종대로 110');
  await app.shopper.click(screen.getByRole('button', { name: '다음: 결제' }));
  return { ...app, tangerine, submit: await screen.findByRole('button', { name: '29,000원 카드로 결제하기' }) };
}

describe('paying at the checkout', () => {
  it('places the order and opens the payment window for it', async () => {
    const toss = stubPaymentWindow();
    const { router, shopper, submit } = await toPaymentStep();
    await shopper.click(submit);

    await waitFor(() => expect(toss.requestPayment).toHaveBeenCalledOnce());
    const [order] = db.orders;
    expect(toss.TossPayments).toHaveBeenCalledWith('test_ck_storefront');
    expect(toss.payment).toHaveBeenCalledWith({ customerKey: '@@ANONYMOUS' });
    expect(toss.requestPayment).toHaveBeenCalledWith({
      method: 'CARD',
      amount: { currency: 'KRW', value: 29_000 },
      orderId: order?.orderNumber,
      orderName: '감귤 외 1건',
      successUrl: 'http://localhost:3000/checkout/success',
      failUrl: 'http://localhost:3000/checkout/fail',
      customerEmail: user.email,
      customerName: user.name,
      card: { language: 'KO' },
    });
    expect(router.state.location.pathname).toBe(`/orders/${order?.id}`);
    expect(router.state.location.state).toEqual({ justPlaced: true });
    expect(useCart.getState().lines).toEqual([]);
  });

  it('places one order when the button is pressed twice', async () => {
    stubPaymentWindow();
    const { shopper, submit } = await toPaymentStep();
    await shopper.dblClick(submit);
    await heading('주문을 받았어요');
    expect(db.orders).toHaveLength(1);
  });

  it('places one order when the answer is lost', async () => {
    stubPaymentWindow();
    const { shopper, submit, tangerine } = await toPaymentStep();
    let lost = 0;
    server.use(
      http.post('*/api/orders', async ({ request }) => {
        if (lost++ > 0) return undefined;
        await fetch(request.url, { method: 'POST', headers: request.headers, body: await request.clone().text() });
        return HttpResponse.error();
      }),
    );
    const counted = count('*/api/orders');
    await shopper.click(submit);
    await heading('주문을 받았어요');
    expect(counted.requests).toBe(3);
    expect(counted.keys.size).toBe(1);
    expect(db.orders).toHaveLength(1);
    expect(tangerine.stock).toBe(8);
  });

  it('asks about an order whose answer was lost at the price of then', async () => {
    stubPaymentWindow();
    const { shopper, submit, tangerine } = await toPaymentStep();
    let lost = 0;
    server.use(
      http.post('*/api/orders', async ({ request }) => {
        if (lost > 1) return HttpResponse.error();
        if (lost++ > 0) return undefined;
        await fetch(request.url, { method: 'POST', headers: request.headers, body: await request.clone().text() });
        tangerine.price += 1_000;
        return HttpResponse.error();
      }),
    );
    await shopper.click(submit);
    expect(await screen.findByText(/서버에 연결할 수 없어요/)).toBeVisible();
    server.resetHandlers();
    await shopper.click(submit);
    await heading('주문을 받았어요');
    expect(db.orders).toMatchObject([{ totalPrice: 29_000 }]);
  });

  it('waits for an order that is still being placed', async () => {
    stubPaymentWindow();
    const { shopper, submit } = await toPaymentStep();
    server.use(http.post('*/api/orders', () => problem(409, 'request_in_progress'), { once: true }));
    await shopper.click(submit);
    await heading('주문을 받았어요');
    expect(db.orders).toHaveLength(1);
  });

  it('is a new attempt after a refusal', async () => {
    stubPaymentWindow();
    const { shopper, submit, tangerine } = await toPaymentStep();
    const counted = count('*/api/orders');
    tangerine.stock = 0;
    await shopper.click(submit);
    expect(await screen.findByText(/재고가 모자란/)).toBeVisible();
    const attempt = sessionStorage.getItem('msa-shop.attempt');
    expect(attempt).toContain('"key":""');
    expect(counted.keys.size).toBe(1);
  });

  it('lets a buyer who closed the window pay again', async () => {
    const toss = stubPaymentWindow(() => Promise.reject(windowError('USER_CANCEL')));
    const { shopper, submit } = await toPaymentStep();
    await shopper.click(submit);
    expect(await screen.findByText('결제창을 닫으셨어요. 청구된 금액은 없어요.')).toBeVisible();
    await shopper.click(screen.getByRole('button', { name: '29,000원 결제하기' }));
    await waitFor(() => expect(toss.requestPayment).toHaveBeenCalledTimes(2));
    expect(db.orders).toHaveLength(1);
  });
});

describe('back from the payment window', () => {
  it('confirms once and shows what was paid', async () => {
    const order = addOrder({ userId: user.id });
    const counted = count('*/api/payments/confirm');
    const { router, shopper } = renderApp(successAddress(order), { user, strict: true });
    await heading('결제가 끝났어요');
    expect(screen.getByText(/24,000원을 카드로 결제했어요/)).toBeVisible();

    await shopper.click(screen.getByRole('link', { name: '주문 보기' }));
    await heading('주문 상세');
    expect(await screen.findByText('결제 완료')).toBeVisible();
    await router.navigate(-1);
    await heading('결제가 끝났어요');
    expect(counted.requests).toBe(1);
  });

  it('shows the same after a reload', async () => {
    const order = addOrder({ userId: user.id, status: 'CONFIRMED' });
    addPayment(order, { paymentKey: 'tviva_1' });
    renderApp(successAddress(order), { user });
    await heading('결제가 끝났어요');
  });

  it.each([
    ['COMPLETED', '결제가 끝났어요'],
    ['FAILED', '결제하지 못했어요'],
    ['REFUNDED', '결제를 취소하고 돌려 드렸어요'],
  ] as const)('checks an outcome that is not known until it is: %s', async (status, title) => {
    const order = addOrder({ userId: user.id });
    const payment = addPayment(order, { status: 'PENDING', paymentKey: 'tviva_1' });
    server.use(http.post('*/api/payments/confirm', () => HttpResponse.json(payment, { status: 202 })));
    renderApp(successAddress(order), { user });
    await heading('결제 결과를 확인하고 있어요');
    expect(screen.getByText(/다시 결제하지 마세요/)).toBeVisible();
    expect(screen.queryByRole('button', { name: /결제하기/ })).not.toBeInTheDocument();

    payment.status = status;
    await heading(title);
  });

  it('says why a card was refused and takes another one for the same order', async () => {
    const toss = stubPaymentWindow();
    const order = addOrder({ userId: user.id });
    server.use(
      http.post('*/api/payments/confirm', () =>
        problem(422, 'card_refused', { tossCode: 'REJECT_CARD_PAYMENT', tossMessage: '한도초과입니다.' }),
      ),
    );
    const { shopper } = renderApp(successAddress(order), { user });
    await heading('카드 결제가 거절됐어요');
    expect(screen.getByText('거절 사유: 한도초과입니다.')).toBeVisible();
    await shopper.click(await screen.findByRole('button', { name: '24,000원 결제하기' }));
    await waitFor(() =>
      expect(toss.requestPayment).toHaveBeenCalledWith(expect.objectContaining({ orderId: order.orderNumber })),
    );
  });

  it('says that no card can be charged just now, and takes one later', async () => {
    const order = addOrder({ userId: user.id });
    let asked = 0;
    server.use(
      http.post('*/api/payments/confirm', () => {
        asked += 1;
        return problem(503, 'payment_unavailable');
      }),
    );
    renderApp(successAddress(order), { user });
    await heading('지금은 카드로 결제할 수 없어요');
    expect(await screen.findByRole('button', { name: '24,000원 결제하기' })).toBeVisible();
    expect(asked).toBe(1);
  });

  it('starts again when the payment ran out of time, unless the order did too', async () => {
    const order = addOrder({ userId: user.id, payBy: new Date(Date.now() - 1_000).toISOString() });
    server.use(http.post('*/api/payments/confirm', () => problem(409, 'payment_expired')));
    renderApp(successAddress(order), { user });
    await heading('결제 시간이 지났어요');
    expect(await screen.findByText('결제 기한이 지났어요. 다시 주문해 주세요.')).toBeVisible();
    expect(screen.queryByRole('button', { name: /결제하기/ })).not.toBeInTheDocument();
  });

  it('does not take another amount', async () => {
    const order = addOrder({ userId: user.id });
    renderApp(successAddress(order, 100), { user });
    await heading('금액이 주문과 달라요');
    expect(await screen.findByRole('button', { name: '24,000원 결제하기' })).toBeVisible();
  });

  it('says that a cancelled order cannot be paid', async () => {
    const order = addOrder({ userId: user.id, status: 'CANCELLED' });
    renderApp(successAddress(order), { user });
    await heading('결제할 수 없는 주문이에요');
    expect(await screen.findByText('취소된 주문이라 결제할 수 없어요.')).toBeVisible();
  });

  it('asks again when the shop did not answer', async () => {
    const order = addOrder({ userId: user.id });
    server.use(http.post('*/api/payments/confirm', () => HttpResponse.error(), { once: true }));
    const { shopper } = renderApp(successAddress(order), { user });
    await heading('결과를 아직 알 수 없어요');
    await shopper.click(screen.getByRole('button', { name: '다시 확인하기' }));
    await heading('결제가 끝났어요');
  });

  it('shows nobody the order of someone else', async () => {
    const order = addOrder({ userId: addAccount().id });
    renderApp(successAddress(order), { user });
    await heading('주문을 찾을 수 없어요');
  });

  it('has visitors sign in and comes back to confirm', async () => {
    const order = addOrder({ userId: user.id });
    const { shopper } = renderApp(successAddress(order));
    await shopper.type(await screen.findByLabelText(/이메일/), user.email);
    await shopper.type(screen.getByLabelText(/비밀번호/), 'shopper-1234{Enter}');
    await heading('결제가 끝났어요');
  });

  it('has a shopper whose session ends meanwhile sign in, and comes back', async () => {
    const order = addOrder({ userId: user.id });
    server.use(
      http.post('*/api/payments/confirm', async () => {
        await delay(20);
        endSession();
        return problem(401, 'unauthorized');
      }),
    );
    const { router } = renderApp(successAddress(order), { user });
    await heading('로그인');
    expect(new URLSearchParams(router.state.location.search).get('next')).toBe(successAddress(order));
  });

  it('does not send on an address that Toss would not make', async () => {
    const counted = count('*/api/payments/confirm');
    renderApp('/checkout/success?paymentKey=k&orderId=ORDER-1&amount=1e9', { user });
    await heading('결제 정보를 읽을 수 없어요');
    expect(counted.requests).toBe(0);
  });
});

describe('back without having paid', () => {
  it.each([
    ['PAY_PROCESS_CANCELED', '결제를 멈췄어요'],
    ['PAY_PROCESS_ABORTED', '결제가 중단됐어요'],
    ['REJECT_CARD_COMPANY', '카드 결제가 거절됐어요'],
    ['SOMETHING_ELSE', '결제하지 못했어요'],
  ])('says so and offers to pay: %s', async (code, title) => {
    const order = addOrder({ userId: user.id });
    renderApp(`/checkout/fail?code=${code}&message=CALL+12345&orderId=${order.orderNumber}`, { user });
    await heading(title);
    expect(await screen.findByRole('button', { name: '24,000원 결제하기' })).toBeVisible();
    expect(screen.queryByText(/CALL 12345/)).not.toBeInTheDocument();
  });

  it('finds the way to the orders when Toss does not say which it was', async () => {
    const { shopper } = renderApp('/checkout/fail?code=PAY_PROCESS_CANCELED&message=x', { user });
    await heading('결제를 멈췄어요');
    await shopper.click(screen.getByRole('link', { name: '주문 내역에서 다시 결제하기' }));
    await heading('주문 내역');
  });
});

describe('the page of an order', () => {
  it('pays an order that waits for its money', async () => {
    const toss = stubPaymentWindow();
    const order = addOrder({ userId: user.id });
    const { shopper } = renderApp(`/orders/${order.id}`, { user });
    const pay = await screen.findByRole('button', { name: '24,000원 결제하기' });
    expect(toss.requestPayment).not.toHaveBeenCalled();
    await shopper.click(pay);
    await waitFor(() => expect(toss.requestPayment).toHaveBeenCalledOnce());
    expect(screen.getByRole('button', { name: '결제창이 열려 있어요…' })).toBeDisabled();
  });

  it('opens no second window while a payment is being checked', async () => {
    const order = addOrder({ userId: user.id });
    const payment = addPayment(order, { status: 'PENDING' });
    renderApp(`/orders/${order.id}`, { user });
    expect(await screen.findByText('결제 결과를 확인하고 있어요')).toBeVisible();
    expect(screen.queryByRole('button', { name: /결제하기/ })).not.toBeInTheDocument();

    order.status = 'CONFIRMED';
    payment.status = 'COMPLETED';
    expect(await screen.findByText('결제 완료')).toBeVisible();
    await waitFor(() => expect(screen.queryByText('결제 결과를 확인하고 있어요')).not.toBeInTheDocument());
  });

  it('cancels after asking and shows what came back', async () => {
    const order = addOrder({ userId: user.id, status: 'CONFIRMED' });
    addPayment(order);
    const { shopper } = renderApp(`/orders/${order.id}`, { user });
    await shopper.click(await screen.findByRole('button', { name: '주문 취소' }));
    const dialog = await screen.findByRole('alertdialog', { name: '주문을 취소할까요?' });
    expect(dialog).toHaveTextContent('결제한 금액은 카드로 모두 돌려 드려요');
    await shopper.type(within(dialog).getByLabelText(/이유/), '마음이 바뀌었어요');
    await shopper.click(within(dialog).getByRole('button', { name: '주문 취소하기' }));

    expect(await screen.findByText('환불 완료')).toBeVisible();
    expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument();
    const history = screen.getByRole('heading', { name: '처리 내역' }).closest('section');
    expect(history).toHaveTextContent('주문을 취소했어요이유: 마음이 바뀌었어요고객');
    expect(screen.queryByRole('button', { name: '주문 취소' })).not.toBeInTheDocument();
  });

  it.each([
    [() => problem(409, 'payment_in_progress'), '카드 결제를 처리하는 중이라'],
    [() => problem(409, 'illegal_status_change', { from: 'SHIPPING', to: 'CANCELLED' }), '‘배송 중’ 상태라서'],
  ])('explains why an order cannot be cancelled: %#', async (refuse, text) => {
    const order = addOrder({ userId: user.id, status: 'CONFIRMED' });
    server.use(http.post('*/api/orders/:id/cancel', refuse));
    const { shopper } = renderApp(`/orders/${order.id}`, { user });
    await shopper.click(await screen.findByRole('button', { name: '주문 취소' }));
    await shopper.click(await screen.findByRole('button', { name: '주문 취소하기' }));
    expect(await screen.findByRole('alert')).toHaveTextContent(text);
  });

  it('tells what happened, when and by whom', async () => {
    const order = addOrder({
      userId: user.id,
      status: 'CANCELLED',
      createdAt: '2026-11-23T01:00:00Z',
      history: [
        { from: 'PENDING', to: 'CANCELLED', by: 'SYSTEM', reason: 'not paid in time', at: '2026-11-23T01:30:00Z' },
      ],
    });
    renderApp(`/orders/${order.id}`, { user });
    const latest = await screen.findByText('기한 안에 결제되지 않아 주문을 취소했어요');
    expect(latest.closest('li')).toHaveTextContent('자동 처리');
    expect(latest.closest('li')?.querySelector('time')).toHaveAttribute('datetime', '2026-11-23T01:30:00Z');
    expect(screen.queryByText(/not paid in time/)).not.toBeInTheDocument();
  });
});

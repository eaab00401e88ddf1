import { http, HttpResponse } from 'msw';
import type { PaidInWindow } from '@/api/payments';
import type { NewOrder } from '@/features/shop/checkout/api/create-order';
import type { Page, Product, SignedIn, User } from '@/types/api';
import { addAccount, addOrder, addPayment, db, issueToken } from './db';

/** The gateway's public API over the in-memory database, as far as the storefront uses it. */
export const handlers = [
  http.get('*/api/products', ({ request }) => {
    const params = new URL(request.url).searchParams;
    const q = params.get('q') ?? '';
    const category = params.get('category');
    const found = db.products
      .filter((product) => product.name.includes(q))
      .filter((product) => !category || product.category === category)
      .filter((product) => product.price >= Number(params.get('minPrice') ?? 0))
      .filter((product) => product.price <= Number(params.get('maxPrice') ?? Infinity))
      .filter((product) => params.get('inStock') !== 'true' || product.stock > 0)
      .sort(comparers[params.get('sort') ?? 'newest'] ?? comparers.newest);
    return HttpResponse.json(toPage(found, params));
  }),
  http.get('*/api/products/categories', () =>
    HttpResponse.json(
      [...new Set(db.products.flatMap(({ category }) => category ?? []))].map((name) => ({
        name,
        count: db.products.filter(({ category }) => category === name).length,
      })),
    ),
  ),
  http.get('*/api/products/:id', ({ params }) => {
    const product = db.products.find(({ id }) => id === Number(params.id));
    return product ? HttpResponse.json(product) : problem(404, 'not_found');
  }),

  // What an administrator's pages look at besides, while all is well.
  http.get('*/api/payments/set-aside-events', () => HttpResponse.json({ items: [], page: 1, size: 20, total: 0 })),
  http.get('*/api/payments/reconciliation/latest', () => HttpResponse.json({ nightly: true })),

  http.post<never, { email: string; password: string; name: string; phone?: string }>(
    '*/api/users/signup',
    async ({ request }) => {
      const body = await request.json();
      if (db.accounts.some(({ email }) => email === body.email)) return problem(409, 'email_taken');
      return HttpResponse.json(toUser(addAccount({ ...body, phone: body.phone ?? null })), { status: 201 });
    },
  ),
  http.post<never, { email: string; password: string }>('*/api/users/login', async ({ request }) => {
    const { email, password } = await request.json();
    const account = db.accounts.find((candidate) => candidate.email === email && candidate.password === password);
    return account ? HttpResponse.json(signedIn(account)) : problem(401, 'invalid_credentials');
  }),
  http.post('*/api/users/refresh', () => {
    const account = db.accounts.find(({ id }) => id === db.refreshUserId);
    return account ? HttpResponse.json(signedIn(account)) : problem(401, 'invalid_refresh_token');
  }),
  http.post('*/api/users/logout', ({ request }) => {
    if (new URL(request.url).searchParams.get('everywhere') === 'true') {
      if (!caller(request)) return problem(401, 'session_expired');
      db.validTokens.clear();
    }
    db.refreshUserId = null;
    return new HttpResponse(null, { status: 204 });
  }),
  http.patch<never, { name?: string; phone?: string; newPassword?: string; currentPassword?: string }>(
    '*/api/users/me',
    async ({ request }) => {
      const userId = caller(request);
      const account = db.accounts.find(({ id }) => id === userId);
      if (!account) return problem(401, 'unauthorized');
      const { name, phone, newPassword, currentPassword } = await request.json();
      if (newPassword && currentPassword !== account.password) {
        const errors = { currentPassword: ['This is not the current password.'] };
        return problem(400, 'validation_failed', { errors });
      }
      account.name = name ?? account.name;
      account.phone = phone === undefined ? account.phone : phone || null;
      account.password = newPassword ?? account.password;
      return HttpResponse.json(toUser(account));
    },
  ),

  http.get('*/api/orders', ({ request }) => {
    const userId = caller(request);
    if (!userId) return problem(401, 'unauthorized');
    const params = new URL(request.url).searchParams;
    const own = db.orders
      .filter((order) => order.userId === userId && order.orderNumber.includes(params.get('q') ?? ''))
      .reverse();
    return HttpResponse.json(toPage(own, params));
  }),
  http.get('*/api/orders/:id', ({ request, params }) => {
    const userId = caller(request);
    if (!userId) return problem(401, 'unauthorized');
    const order = db.orders.find(({ id }) => id === Number(params.id));
    return order?.userId === userId ? HttpResponse.json(order) : problem(404, 'not_found');
  }),
  http.post<never, NewOrder>('*/api/orders', async ({ request }) => {
    const userId = caller(request);
    if (!userId) return problem(401, 'unauthorized');
    const body = await request.json();
    if (body.userId !== userId) return problem(403, 'not_your_account');
    const key = request.headers.get('Idempotency-Key') ?? '';
    const earlier = db.placed.get(key);
    if (earlier) return HttpResponse.json(earlier, { status: 201 });

    const productOf = (id: number) => db.products.find((product) => product.id === id);
    const unknown = body.items.filter((item) => !productOf(item.productId));
    if (unknown.length) return problem(422, 'unknown_product', { productIds: unknown.map((item) => item.productId) });
    const short = body.items.flatMap(({ productId, quantity }) => {
      const available = productOf(productId)?.stock ?? 0;
      return available < quantity ? [{ productId, requested: quantity, available }] : [];
    });
    if (short.length) return problem(409, 'out_of_stock', { items: short });
    const total = body.items.reduce((sum, item) => sum + (productOf(item.productId)?.price ?? 0) * item.quantity, 0);
    if (body.expectedTotal !== total) return problem(409, 'price_changed');

    const items = body.items.flatMap(({ productId, quantity }) => {
      const product = productOf(productId);
      if (!product) return [];
      product.stock -= quantity;
      if (product.stock === 0) product.status = 'OUT_OF_STOCK';
      return [{ productId, productName: product.name, price: product.price, quantity }];
    });
    const byTransfer = body.paymentMethod === 'BANK_TRANSFER';
    const order = addOrder({
      userId,
      email: body.email,
      totalPrice: items.reduce((sum, item) => sum + item.price * item.quantity, 0),
      paymentMethod: body.paymentMethod,
      items,
      recipient: body.recipient,
      bankAccount: byTransfer
        ? {
            bank: '국민은행',
            accountNumber: '123456-04-567890',
            holder: '(주)엠에스에이샵',
            depositorName: body.depositorName ?? null,
          }
        : null,
    });
    db.placed.set(key, order);
    const { id } = order;
    return HttpResponse.json(order, { status: 201, headers: { Location: `/api/orders/${id}` } });
  }),
  http.post<{ id: string }, { reason?: string }>('*/api/orders/:id/cancel', async ({ request, params }) => {
    const { reason } = await request.json();
    const order = db.orders.find(({ id, userId }) => id === Number(params.id) && userId === caller(request));
    if (!order) return problem(404, 'not_found');
    if (order.status !== 'PENDING' && order.status !== 'CONFIRMED') {
      return problem(409, 'illegal_status_change', { from: order.status, to: 'CANCELLED' });
    }
    const at = new Date().toISOString();
    order.history = [...(order.history ?? []), { from: order.status, to: 'CANCELLED', by: 'CUSTOMER', reason, at }];
    order.status = 'CANCELLED';
    for (const payment of db.payments.filter(({ orderId }) => orderId === order.id)) {
      Object.assign(payment, { status: 'REFUNDED', refundedAmount: payment.amount });
    }
    return HttpResponse.json(order);
  }),

  http.get('*/api/payments/client', () =>
    HttpResponse.json({ clientKey: 'test_ck_storefront', scriptUrl: 'http://localhost:8090/v2/standard' }),
  ),
  http.get('*/api/payments/orders/:orderId', ({ request, params }) => {
    const userId = caller(request);
    if (!userId) return problem(401, 'unauthorized');
    const payment = db.payments.find(({ orderId }) => orderId === Number(params.orderId));
    return payment?.userId === userId ? HttpResponse.json(payment) : noPayment(request);
  }),
  http.post<never, PaidInWindow>('*/api/payments/confirm', async ({ request }) => {
    const userId = caller(request);
    if (!userId) return problem(401, 'unauthorized');
    const { paymentKey, orderId: orderNumber, amount } = await request.json();
    const order = db.orders.find((candidate) => candidate.orderNumber === orderNumber);
    if (order?.userId !== userId) return problem(404, 'order_not_found');
    const known = db.payments.find((payment) => payment.paymentKey === paymentKey);
    if (known) return HttpResponse.json(known);
    if (order.totalPrice !== amount) return problem(409, 'amount_mismatch');
    if (order.status !== 'PENDING') return problem(409, 'order_not_payable');
    order.status = 'CONFIRMED';
    return HttpResponse.json(addPayment(order, { paymentKey }));
  }),
];

type Comparer = (a: Product, b: Product) => number;

const comparers: Record<string, Comparer> & { newest: Comparer } = {
  newest: (a, b) => b.id - a.id,
  priceAsc: (a, b) => a.price - b.price,
  priceDesc: (a, b) => b.price - a.price,
  name: (a, b) => a.name.localeCompare(b.name, 'ko'),
};

function toPage<T>(items: T[], params: URLSearchParams): Page<T> {
  const page = Number(params.get('page') ?? 1);
  const size = Number(params.get('size') ?? 20);
  return { items: items.slice((page - 1) * size, page * size), page, size, total: items.length };
}

function toUser({ id, email, name, phone, role, createdAt }: User): User {
  return { id, email, name, phone, role, createdAt };
}

const signedIn = (account: User): SignedIn => ({
  accessToken: issueToken(account.id),
  tokenType: 'Bearer',
  expiresIn: 900,
  user: toUser(account),
});

const caller = (request: Request) =>
  db.validTokens.get(request.headers.get('Authorization')?.replace('Bearer ', '') ?? '');

export const problem = (status: number, code: string, more: object = {}) =>
  HttpResponse.json(
    { type: 'about:blank', title: code, status, code, traceId: '00-1', ...more },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  );

/** What payment-svc answers to callers who ask for the payment of an order, and to those who ask for one if there is any. */
export const noPayment = (request: Request) =>
  new URL(request.url).searchParams.get('ifAny') === 'true'
    ? new HttpResponse(null, { status: 204 })
    : problem(404, 'not_found');

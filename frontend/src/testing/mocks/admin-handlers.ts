import { http, HttpResponse } from 'msw';
import type { Order, OrderStatus, OutboxMessage, Payment, Refund, UserRole } from '@/types/api';
import { db, nextId } from './db';
import { noPayment, problem } from './handlers';

/** What an administrator asks the services, over the in-memory database; tests put it over what shoppers ask. */
export const adminHandlers = [
  http.get('*/api/orders', ({ request }) => {
    const params = new URL(request.url).searchParams;
    const found = db.orders
      .filter(({ status }) => !params.get('status') || status === params.get('status'))
      .filter(({ paymentMethod }) => !params.get('paymentMethod') || paymentMethod === params.get('paymentMethod'))
      .filter(({ userId }) => !params.get('userId') || userId === Number(params.get('userId')))
      .filter(({ orderNumber, email }) => `${orderNumber} ${email}`.includes(params.get('q') ?? ''));
    return page(params.get('sort') === 'payBy' ? found : found.toReversed(), params);
  }),
  http.get('*/api/orders/:id', ({ params }) => {
    const order = orderOf(params.id);
    return order ? HttpResponse.json(order) : problem(404, 'not_found');
  }),
  http.patch('*/api/orders/:id/status', ({ request, params }) => {
    const order = orderOf(params.id);
    if (!order) return problem(404, 'not_found');
    const seen = request.headers.get('If-Match');
    if (seen && seen !== `"${order.version}"`) return problem(412, 'changed_meanwhile', { current: order });
    const query = new URL(request.url).searchParams;
    const to = query.get('status') as OrderStatus;
    if (!moves[order.status].includes(to)) return problem(409, 'illegal_status_change', { from: order.status, to });
    const confirmsCard = to === 'CONFIRMED' && order.paymentMethod === 'CARD';
    if (confirmsCard && query.get('byHand') !== 'true') return problem(409, 'payment_required');
    move(order, to, query.get('reason'));
    return HttpResponse.json(order);
  }),
  http.get('*/api/payments/orders/:orderId', ({ request, params }) => {
    const payment = paymentOf(params.orderId);
    return payment ? HttpResponse.json(payment) : noPayment(request);
  }),
  http.post<{ id: string }, { amount: number; reason: string }>(
    '*/api/payments/:id/refund',
    async ({ request, params }) => {
      const payment = db.payments.find(({ id }) => id === Number(params.id));
      if (!payment) return problem(404, 'not_found');
      const { amount, reason } = await request.json();
      const refundable = payment.amount - payment.refundedAmount;
      if (amount > refundable) return problem(422, 'refund_too_large', { refundable });
      const at = new Date().toISOString();
      const refund: Refund = {
        id: nextId(),
        paymentId: payment.id,
        amount,
        reason,
        status: payment.method === 'CARD' ? 'COMPLETED' : 'TO_TRANSFER',
        actor: 'ADMIN',
        createdAt: at,
        updatedAt: at,
      };
      payment.refunds = [refund, ...(payment.refunds ?? [])];
      payment.refundedAmount += amount;
      if (payment.refundedAmount === payment.amount) payment.status = 'REFUNDED';
      return HttpResponse.json(payment);
    },
  ),
  http.get('*/api/users', ({ request }) => {
    const params = new URL(request.url).searchParams;
    const found = db.accounts.filter(({ role }) => !params.get('role') || role === params.get('role'));
    return page(found.toReversed(), params);
  }),
  http.patch<{ id: string }, { role: UserRole }>('*/api/users/:id/role', async ({ request, params }) => {
    const account = db.accounts.find(({ id }) => id === Number(params.id));
    if (!account) return problem(404, 'not_found');
    account.role = (await request.json()).role;
    return HttpResponse.json(account);
  }),
];

const moves: Record<OrderStatus, OrderStatus[]> = {
  PENDING: ['CONFIRMED', 'CANCELLED'],
  CONFIRMED: ['SHIPPING', 'CANCELLED'],
  SHIPPING: ['DELIVERED'],
  DELIVERED: [],
  CANCELLED: [],
};

export function move(order: Order, to: OrderStatus, reason: string | null = null) {
  const at = new Date().toISOString();
  order.history = [...(order.history ?? []), { from: order.status, to, by: 'ADMIN', reason, at }];
  order.status = to;
  order.version = `${order.history.length + 1}`;
}

/** Deposits that can be taken back; how long, the test says. */
export const depositHandlers = (undoSeconds: number) => [
  http.post<{ orderId: string }, { amount?: number; undoable?: boolean }>(
    '*/api/payments/orders/:orderId/deposit',
    async ({ request, params }) => {
      const payment = paymentOf(params.orderId);
      if (!payment) return problem(404, 'not_found');
      const { amount = payment.amount, undoable } = await request.json();
      if (amount !== payment.amount) return problem(409, 'amount_mismatch', { expected: payment.amount });
      const now = Date.now();
      payment.status = 'COMPLETED';
      payment.updatedAt = new Date(now).toISOString();
      const undoUntil = undoable ? new Date(now + undoSeconds * 1_000).toISOString() : null;
      return HttpResponse.json({ ...payment, undoUntil });
    },
  ),
  http.delete('*/api/payments/orders/:orderId/deposit', ({ params }) => {
    const payment = paymentOf(params.orderId);
    if (!payment) return problem(404, 'not_found');
    if (orderOf(params.orderId)?.status !== 'PENDING') return problem(409, 'deposit_settled');
    payment.status = 'PENDING';
    return HttpResponse.json(payment);
  }),
];

/** The outboxes of both services, which hold the given messages. */
export const outboxHandlers = (messages: { orders: OutboxMessage[]; payments: OutboxMessage[] }) =>
  (['orders', 'payments'] as const).flatMap((service) => [
    http.get(`*/api/${service}/outbox`, ({ request }) => {
      const params = new URL(request.url).searchParams;
      return page(
        messages[service].filter(({ status }) => status === params.get('status')),
        params,
      );
    }),
    http.post(`*/api/${service}/outbox/:id/retry`, ({ params }) => {
      const message = messages[service].find(({ id }) => id === Number(params.id));
      if (!message) return problem(404, 'not_found');
      message.status = 'PENDING';
      return new HttpResponse(null, { status: 204 });
    }),
  ]);

const orderOf = (id: unknown): Order | undefined => db.orders.find((order) => order.id === Number(id));

const paymentOf = (orderId: unknown): Payment | undefined =>
  db.payments.find((payment) => payment.orderId === Number(orderId));

function page<T>(items: T[], params: URLSearchParams) {
  const number = Number(params.get('page') ?? 1);
  const size = Number(params.get('size') ?? 20);
  const shown = items.slice((number - 1) * size, number * size);
  return HttpResponse.json({ items: shown, page: number, size, total: items.length });
}

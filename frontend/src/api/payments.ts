import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { Payment } from '@/types/api';
import type { paths } from './payment-svc';

type PaymentSearch = NonNullable<paths['/api/payments']['get']['parameters']['query']>;
type RefundSearch = NonNullable<paths['/api/payments/refunds']['get']['parameters']['query']>;
type ReconciliationPeriod = paths['/api/payments/reconciliation']['get']['parameters']['query'];

/** What Toss puts into the address when the buyer has paid in its window. */
export type PaidInWindow = { paymentKey: string; orderId: string; amount: number };

export const paymentKeys = {
  all: ['payments'] as const,
  list: (search: PaymentSearch) => [...paymentKeys.all, 'list', search] as const,
  refunds: (search: RefundSearch) => [...paymentKeys.all, 'refunds', search] as const,
  ofOrder: (orderId: number) => [...paymentKeys.all, 'of-order', orderId] as const,
  confirmation: (paid: PaidInWindow) => [...paymentKeys.all, 'confirmation', paid] as const,
};

export const paymentsQuery = (search: PaymentSearch) =>
  queryOptions({
    queryKey: paymentKeys.list(search),
    queryFn: ({ signal }) => read(client.GET('/api/payments', { params: { query: search }, signal })),
  });

export const refundsQuery = (search: RefundSearch) =>
  queryOptions({
    queryKey: paymentKeys.refunds(search),
    queryFn: ({ signal }) => read(client.GET('/api/payments/refunds', { params: { query: search }, signal })),
  });

async function getPaymentOfOrder(orderId: number, signal: AbortSignal): Promise<Payment | null> {
  const params = { path: { orderId }, query: { ifAny: true } };
  return (await read(client.GET('/api/payments/orders/{orderId}', { params, signal }))) ?? null;
}

/** Null while nobody has tried to pay. */
export const paymentOfOrderQuery = (orderId: number) =>
  queryOptions({
    queryKey: paymentKeys.ofOrder(orderId),
    queryFn: ({ signal }) => getPaymentOfOrder(orderId, signal),
  });

export const paymentClientQuery = queryOptions({
  queryKey: ['payment-client'] as const,
  queryFn: ({ signal }) => read(client.GET('/api/payments/client', { signal })),
  staleTime: Infinity,
  meta: { isPublic: true },
});

export const reconciliationKeys = {
  all: ['reconciliation'] as const,
  latest: () => [...reconciliationKeys.all, 'latest'] as const,
  of: (period: ReconciliationPeriod) => [...reconciliationKeys.all, 'of', period] as const,
};

export const reconciliationQuery = (period: ReconciliationPeriod) =>
  queryOptions({
    queryKey: reconciliationKeys.of(period),
    queryFn: ({ signal }) => read(client.GET('/api/payments/reconciliation', { params: { query: period }, signal })),
  });

/** What the shop found when it compared by itself, at night. */
export const latestReconciliationQuery = queryOptions({
  queryKey: reconciliationKeys.latest(),
  queryFn: ({ signal }) => read(client.GET('/api/payments/reconciliation/latest', { signal })),
});

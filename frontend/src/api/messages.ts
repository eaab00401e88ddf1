import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { paths as OrderPaths } from './order-svc';
import type { paths as PaymentPaths } from './payment-svc';

type OutboxSearch = NonNullable<OrderPaths['/api/orders/outbox']['get']['parameters']['query']>;
type EventSearch = NonNullable<PaymentPaths['/api/payments/set-aside-events']['get']['parameters']['query']>;

/** The services that owe others messages, by their part of the address. */
export const services = ['orders', 'payments'] as const;

export type Service = (typeof services)[number];

export const outboxKeys = {
  all: ['outbox'] as const,
  deadCount: () => [...outboxKeys.all, 'dead-count'] as const,
  list: (service: Service, search: OutboxSearch) => [...outboxKeys.all, service, search] as const,
};

export const setAsideEventKeys = {
  all: ['set-aside-events'] as const,
  list: (search: EventSearch) => [...setAsideEventKeys.all, search] as const,
};

/** Messages that one service owes others. */
export const outboxQuery = (service: Service, search: OutboxSearch) =>
  queryOptions({
    queryKey: outboxKeys.list(service, search),
    queryFn: ({ signal }) => read(client.GET(`/api/${service}/outbox`, { params: { query: search }, signal })),
  });

/** How many messages the services gave up on. */
export const deadMessageCountQuery = queryOptions({
  queryKey: outboxKeys.deadCount(),
  queryFn: async ({ signal }) => {
    const query = { status: 'DEAD', size: 1 } as const;
    const [orders, payments] = await Promise.all([
      read(client.GET('/api/orders/outbox', { params: { query }, signal })),
      read(client.GET('/api/payments/outbox', { params: { query }, signal })),
    ]);
    return orders.total + payments.total;
  },
});

/** Order events that payment-svc could not apply yet. */
export const setAsideEventsQuery = (search: EventSearch) =>
  queryOptions({
    queryKey: setAsideEventKeys.list(search),
    queryFn: ({ signal }) => read(client.GET('/api/payments/set-aside-events', { params: { query: search }, signal })),
  });

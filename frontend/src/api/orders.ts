import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { paths } from './order-svc';

type OrderSearch = NonNullable<paths['/api/orders']['get']['parameters']['query']>;
type StatisticsSearch = NonNullable<paths['/api/orders/statistics']['get']['parameters']['query']>;

export const orderKeys = {
  all: ['orders'] as const,
  lists: () => [...orderKeys.all, 'list'] as const,
  list: (search: OrderSearch) => [...orderKeys.lists(), search] as const,
  detail: (id: number) => [...orderKeys.all, 'detail', id] as const,
  statistics: (search: StatisticsSearch) => [...orderKeys.all, 'statistics', search] as const,
};

export const ordersQuery = (search: OrderSearch) =>
  queryOptions({
    queryKey: orderKeys.list(search),
    queryFn: ({ signal }) => read(client.GET('/api/orders', { params: { query: search }, signal })),
  });

/** A pending order is read again now and then, and often while its card is being charged. */
export const orderQuery = (id: number) =>
  queryOptions({
    queryKey: orderKeys.detail(id),
    queryFn: ({ signal }) => read(client.GET('/api/orders/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) => data?.status === 'PENDING' && (data.paymentInProgress ? 3_000 : 30_000),
  });

/** Orders whose bank transfer has not arrived, by deadline: as many as one page of the list holds. */
export const unpaidTransfersQuery = (q?: string) =>
  ordersQuery({ status: 'PENDING', paymentMethod: 'BANK_TRANSFER', sort: 'payBy', q: q || undefined, size: 100 });

export const statisticsQuery = (search: StatisticsSearch) =>
  queryOptions({
    queryKey: orderKeys.statistics(search),
    queryFn: ({ signal }) => read(client.GET('/api/orders/statistics', { params: { query: search }, signal })),
  });

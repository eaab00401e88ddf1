import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { components } from '@/api/order-svc';
import { client, read } from '@/lib/api-client';
import { shopZone } from '@/lib/dates';

export type SalesStatistics = components['schemas']['SalesStatistics'];

export type DayStatistics = components['schemas']['DayStatistics'];

/** Sales from one day to another, days being those of the reader's zone. */
export function useStatistics(from: string, to: string) {
  const query = { from, to, timeZone: shopZone };
  return useQuery({
    queryKey: ['orders', 'statistics', query],
    queryFn: ({ signal }) => read(client.GET('/api/orders/statistics', { params: { query }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

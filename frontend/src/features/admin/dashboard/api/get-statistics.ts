import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { components } from '@/api/order-svc';
import { statisticsQuery } from '@/api/orders';
import { shopZone } from '@/lib/dates';

export type SalesStatistics = components['schemas']['SalesStatistics'];

export type DayStatistics = components['schemas']['DayStatistics'];

/** Sales by day, in the reader's time zone. */
export function useStatistics(from: string, to: string) {
  return useQuery({
    ...statisticsQuery({ from, to, timeZone: shopZone }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

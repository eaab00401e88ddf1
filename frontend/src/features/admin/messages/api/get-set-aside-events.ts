import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import { pageSize } from './get-messages';

/** What has happened to orders and has had no effect on payments yet. */
export function useSetAsideEvents(page: number) {
  return useQuery({
    queryKey: ['set-aside-events', page],
    queryFn: ({ signal }) =>
      read(client.GET('/api/payments/set-aside-events', { params: { query: { page, size: pageSize } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
}

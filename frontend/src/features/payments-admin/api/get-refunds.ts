import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { RefundStatus } from '@/types/api';

export const pageSize = 20;

/** Refunds of everyone's payments, in one status or in all. */
export function useRefunds(status: RefundStatus | undefined, page: number) {
  return useQuery({
    queryKey: ['payments', 'refunds', status ?? 'ALL', page],
    queryFn: ({ signal }) =>
      read(client.GET('/api/payments/refunds', { params: { query: { status, page, size: pageSize } }, signal })),
    placeholderData: keepPreviousData,
  });
}

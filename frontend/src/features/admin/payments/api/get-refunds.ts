import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { RefundStatus } from '@/types/api';

export const pageSize = 20;

/** Which refunds: those in one status, or those that Toss refused and nobody has seen to. */
export type RefundFilter = { status?: RefundStatus; refused?: true };

/** Refunds of everyone's payments. */
export function useRefunds(filter: RefundFilter, page: number) {
  return useQuery({
    queryKey: ['payments', 'refunds', filter, page],
    queryFn: ({ signal }) =>
      read(client.GET('/api/payments/refunds', { params: { query: { ...filter, page, size: pageSize } }, signal })),
    placeholderData: keepPreviousData,
  });
}

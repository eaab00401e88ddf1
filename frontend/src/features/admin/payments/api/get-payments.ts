import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import { toQuery, type PaymentFilters } from '../payment-filters';

export const pageSize = 20;

export function usePayments(filters: PaymentFilters, page: number) {
  return useQuery({
    queryKey: ['payments', 'list', filters, page],
    queryFn: ({ signal }) =>
      read(client.GET('/api/payments', { params: { query: { ...toQuery(filters), page, size: pageSize } }, signal })),
    placeholderData: keepPreviousData,
  });
}

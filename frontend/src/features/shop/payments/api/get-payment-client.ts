import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

export const paymentClientQuery = queryOptions({
  queryKey: ['payment-client'],
  queryFn: ({ signal }) => read(client.GET('/api/payments/client', { signal })),
  staleTime: Infinity,
});

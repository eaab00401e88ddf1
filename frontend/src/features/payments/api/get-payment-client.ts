import { queryOptions } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import type { PaymentClient } from '@/types/api';

export const paymentClientQuery = queryOptions({
  queryKey: ['payment-client'],
  queryFn: ({ signal }) => api<PaymentClient>('/api/payments/client', { signal }),
  staleTime: Infinity,
});

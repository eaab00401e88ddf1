import { useQuery } from '@tanstack/react-query';
import type { components } from '@/api/payment-svc';
import { client, read } from '@/lib/api-client';

export type LatestReconciliation = components['schemas']['LatestReconciliation'];

/** What the shop has compared by itself, at night. */
export function useLatestReconciliation() {
  return useQuery({
    queryKey: ['reconciliation', 'latest'],
    queryFn: ({ signal }) => read(client.GET('/api/payments/reconciliation/latest', { signal })),
  });
}

import { useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** What the shop has found differing at night, and whether it could not compare since. */
export function useLastNight() {
  return useQuery({
    queryKey: ['reconciliation', 'latest'],
    queryFn: ({ signal }) => read(client.GET('/api/payments/reconciliation/latest', { signal })),
  });
}

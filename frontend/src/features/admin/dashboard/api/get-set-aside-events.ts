import { useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** How much that has happened to orders has had no effect on payments yet. */
export function useSetAsideEvents() {
  return useQuery({
    queryKey: ['set-aside-events', 'count'],
    queryFn: async ({ signal }) =>
      (await read(client.GET('/api/payments/set-aside-events', { params: { query: { size: 1 } }, signal }))).total,
  });
}

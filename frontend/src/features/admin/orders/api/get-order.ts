import { useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** An order that is not done with is looked at again now and then, and often while its card is being charged. */
export function useOrder(id: number) {
  return useQuery({
    queryKey: ['orders', 'detail', id],
    queryFn: ({ signal }) => read(client.GET('/api/orders/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state: { data } }) => data?.status === 'PENDING' && (data.paymentInProgress ? 3_000 : 30_000),
  });
}

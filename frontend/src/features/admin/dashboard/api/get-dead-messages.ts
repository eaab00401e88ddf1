import { useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** How many messages between the services were given up. */
export function useDeadMessages() {
  const query = { status: 'DEAD', size: 1 } as const;
  return useQuery({
    queryKey: ['outbox', 'dead-count'],
    queryFn: async ({ signal }) => {
      const [orders, payments] = await Promise.all([
        read(client.GET('/api/orders/outbox', { params: { query }, signal })),
        read(client.GET('/api/payments/outbox', { params: { query }, signal })),
      ]);
      return orders.total + payments.total;
    },
  });
}

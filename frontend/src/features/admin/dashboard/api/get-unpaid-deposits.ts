import { useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** Orders whose transfer has not arrived, those that expire first in front. */
export function useUnpaidDeposits() {
  const query = { status: 'PENDING', paymentMethod: 'BANK_TRANSFER', sort: 'payBy', size: 100 } as const;
  return useQuery({
    queryKey: ['orders', 'unpaid-deposits'],
    queryFn: ({ signal }) => read(client.GET('/api/orders', { params: { query }, signal })),
    refetchInterval: 60_000,
  });
}

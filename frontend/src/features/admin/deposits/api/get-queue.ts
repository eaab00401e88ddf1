import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** As many as one page of the list gives; whoever looks for one of more types a name. */
export const queueSize = 100;

/** Orders whose bank transfer has not come, by deadline. New ones appear by themselves. */
export function useQueue(q: string) {
  return useQuery({
    queryKey: ['orders', 'deposit-queue', q],
    queryFn: ({ signal }) => {
      const query = {
        status: 'PENDING' as const,
        paymentMethod: 'BANK_TRANSFER' as const,
        sort: 'payBy' as const,
        q: q || undefined,
        size: queueSize,
      };
      return read(client.GET('/api/orders', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}

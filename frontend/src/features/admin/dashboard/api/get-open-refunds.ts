import { useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** How many refunds wait for somebody because Toss has refused them. */
export function useRefusedRefunds() {
  return useQuery({
    queryKey: ['payments', 'refunds', 'refused-count'],
    queryFn: async ({ signal }) =>
      (await read(client.GET('/api/payments/refunds', { params: { query: { refused: true, size: 1 } }, signal })))
        .total,
  });
}

/** How many refunds wait for somebody to transfer them. */
export function useRefundsToTransfer() {
  const query = { status: 'TO_TRANSFER', size: 1 } as const;
  return useQuery({
    queryKey: ['payments', 'refunds', 'to-transfer-count'],
    queryFn: async ({ signal }) =>
      (await read(client.GET('/api/payments/refunds', { params: { query }, signal }))).total,
  });
}

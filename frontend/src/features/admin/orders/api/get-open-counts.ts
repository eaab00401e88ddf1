import { useQueries } from '@tanstack/react-query';
import { ordersQuery } from '@/api/orders';
import type { OrderStatus } from '@/types/api';

/** The statuses in which an order still needs work. */
const open = ['PENDING', 'CONFIRMED', 'SHIPPING'] as const satisfies OrderStatus[];

/** The number of open orders by status. */
export function useOpenCounts(): Partial<Record<OrderStatus, number>> {
  return useQueries({
    queries: open.map((status) => ordersQuery({ status, page: 1, size: 1 })),
    combine: (counts) => Object.fromEntries(open.map((status, index) => [status, counts[index]?.data?.total])),
  });
}

import { useQuery } from '@tanstack/react-query';
import { ordersQuery } from '@/api/orders';

/** One's own order by its public number, which is all that Toss knows of it; null when there is none. */
export function useOrderByNumber(userId: number, orderNumber: string) {
  return useQuery({
    ...ordersQuery({ userId, q: orderNumber, size: 5 }),
    select: ({ items }) => items.find((order) => order.orderNumber === orderNumber) ?? null,
    // Whether it can still be paid must be fresh.
    staleTime: 0,
  });
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { orderKeys } from '@/api/orders';
import { toApiError, type ApiError } from '@/lib/problem';
import type { Order } from '@/types/api';
import { moveOrder } from './move-order';

export type Shipment = { order: Order; error: ApiError | null };

/** Ships orders one after another. A failure does not stop the rest. */
export function useShipOrders() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (orders: readonly Order[]) => {
      const shipments: Shipment[] = [];
      for (const order of orders) {
        try {
          await moveOrder({ id: order.id, version: order.version, to: 'SHIPPING' });
          shipments.push({ order, error: null });
        } catch (error) {
          shipments.push({ order, error: toApiError(error) });
        }
      }
      return shipments;
    },
    onSettled: () => queries.invalidateQueries({ queryKey: orderKeys.all }),
  });
}

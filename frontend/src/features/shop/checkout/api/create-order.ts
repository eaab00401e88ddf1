import { useMutation, useQueryClient } from '@tanstack/react-query';
import { orderKeys } from '@/api/orders';
import { productKeys } from '@/api/products';
import { client, read } from '@/lib/api-client';
import { outcomeUnknown, toApiError, type ApiError } from '@/lib/problem';
import type { Order, PaymentMethod, Recipient } from '@/types/api';
import { useAttempt } from '../stores/attempt-store';

export type NewOrder = {
  userId: number;
  email: string;
  items: { productId: number; quantity: number }[];
  /** The total the shopper saw. The order is refused at any other. */
  expectedTotal: number;
  paymentMethod: PaymentMethod;
  recipient: Recipient;
  depositorName?: string;
};

/** Places the order, once: a retry after a lost response is the same order. */
export function useCreateOrder(onPlaced: (order: Order) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order: NewOrder) => {
      const key = useAttempt.getState().keyFor(JSON.stringify(order));
      return read(client.POST('/api/orders', { params: { header: { 'Idempotency-Key': key } }, body: order }));
    },
    // Repeating is safe, thanks to the key: the first attempt may still be running, or its answer may be lost.
    retry: (failures, error) =>
      failures < (isRunning(toApiError(error)) ? 10 : outcomeUnknown(toApiError(error)) ? 2 : 0),
    onSuccess: (order) => {
      useAttempt.getState().finish();
      queries.setQueryData(orderKeys.detail(order.id), order);
      void queries.invalidateQueries({ queryKey: orderKeys.lists() });
      onPlaced(order);
    },
    onError: (error) => {
      // The shop keeps a refusal with the key: what is tried later is a new attempt.
      if (!outcomeUnknown(toApiError(error)) && !isRunning(toApiError(error))) useAttempt.getState().finish();
    },
    // Stock has changed, or the order was refused because it had.
    onSettled: () => queries.invalidateQueries({ queryKey: productKeys.all }),
  });
}

const isRunning = (error: ApiError) => error.code === 'request_in_progress';

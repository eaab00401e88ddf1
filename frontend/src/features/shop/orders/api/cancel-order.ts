import { useMutation, useQueryClient } from '@tanstack/react-query';
import { orderKeys } from '@/api/orders';
import { paymentKeys } from '@/api/payments';
import { productKeys } from '@/api/products';
import { client, read } from '@/lib/api-client';

/** Cancels one's own order before it is shipped. */
export function useCancelOrder(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (reason: string | undefined) =>
      read(client.POST('/api/orders/{id}/cancel', { params: { path: { id } }, body: { reason } })),
    onSuccess: (order) => queries.setQueryData(orderKeys.detail(id), order),
    // Also after a refusal: then the page is out of date.
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: orderKeys.all }),
        queries.invalidateQueries({ queryKey: paymentKeys.ofOrder(id) }),
        queries.invalidateQueries({ queryKey: productKeys.all }),
      ]),
  });
}

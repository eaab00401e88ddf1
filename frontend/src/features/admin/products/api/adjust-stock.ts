import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '@/api/product-svc';
import { adminProductKeys, refreshProducts } from '@/api/products';
import { client, read } from '@/lib/api-client';
import { outcomeUnknown, toApiError } from '@/lib/problem';

/** `key` makes retries safe: the stock changes once. */
type Adjustment = components['schemas']['AdjustStockRequest'] & { key: string };

/** Changes the stock by a difference, so that sales in the meantime stay counted. */
export function useAdjustStock(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: Adjustment) =>
      read(
        client.PATCH('/api/products/{id}/stock', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
          body,
        }),
      ),
    retry: (failures, error) => failures < 2 && outcomeUnknown(toApiError(error)),
    onSuccess: (product) => queries.setQueryData(adminProductKeys.detail(id), product),
    // Also after a refusal: then the page is out of date.
    onSettled: () => refreshProducts(queries),
  });
}

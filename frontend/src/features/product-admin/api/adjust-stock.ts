import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '@/api/product-svc';
import { client, read } from '@/lib/api-client';
import { productKey } from './get-product';
import { refreshProducts } from './keys';

type Adjustment = components['schemas']['AdjustStockRequest'];

/** Adds to the stock or takes from it: a difference, so that sales in the meantime stay counted. */
export function useAdjustStock(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Adjustment) =>
      read(client.PATCH('/api/products/{id}/stock', { params: { path: { id } }, body })),
    onSuccess: (product) => queries.setQueryData(productKey(id), product),
    // Also when it was refused: then the stock is not what the page says.
    onSettled: () => refreshProducts(queries),
  });
}

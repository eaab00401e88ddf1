import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { components } from '@/api/product-svc';
import { client, read } from '@/lib/api-client';
import { productAdminKey } from './keys';

export type StockMovement = components['schemas']['StockMovementResponse'];

/** A product's stock ledger, the newest entry first. */
export function useStockMovements(id: number, page: number) {
  return useQuery({
    queryKey: [...productAdminKey, 'movements', id, page],
    queryFn: ({ signal }) =>
      read(
        client.GET('/api/products/{id}/stock-movements', {
          params: { path: { id }, query: { page, size: 10 } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
}

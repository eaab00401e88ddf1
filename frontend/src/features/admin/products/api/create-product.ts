import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '@/api/product-svc';
import { refreshProducts } from '@/api/products';
import { client, read } from '@/lib/api-client';
import { outcomeUnknown, toApiError } from '@/lib/problem';

/** `key` makes retries safe: the product is added once. */
export type NewProduct = components['schemas']['CreateProductRequest'] & { key: string };

export function useCreateProduct() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: NewProduct) =>
      read(client.POST('/api/products', { params: { header: { 'Idempotency-Key': key } }, body })),
    retry: (failures, error) => failures < 2 && outcomeUnknown(toApiError(error)),
    onSuccess: () => refreshProducts(queries),
  });
}

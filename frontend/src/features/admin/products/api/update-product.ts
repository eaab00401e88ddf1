import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '@/api/product-svc';
import { adminProductKeys, refreshProducts } from '@/api/products';
import { client, read } from '@/lib/api-client';
import { ifMatch } from '@/lib/if-match';

type ProductUpdate = components['schemas']['UpdateProductRequest'] & {
  /** What the page has shown. */
  version: string | null | undefined;
};

/** Changes what a product is, and with `discontinued: false` sells it again. */
export function useUpdateProduct(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, ...body }: ProductUpdate) =>
      read(client.PUT('/api/products/{id}', { params: { path: { id }, header: ifMatch(version) }, body })),
    onSuccess: (product) => queries.setQueryData(adminProductKeys.detail(id), product),
    // Also when it was refused: then the product is not what the page says.
    onSettled: () => refreshProducts(queries),
  });
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '@/api/product-svc';
import { adminProductKeys, refreshProducts } from '@/api/products';
import { client, read } from '@/lib/api-client';
import { ifMatch } from '@/lib/if-match';

type ProductUpdate = components['schemas']['UpdateProductRequest'] & {
  /** The version that the page showed. */
  version: string | null | undefined;
};

/** Updates a product. `discontinued: false` resumes its sale. */
export function useUpdateProduct(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ version, ...body }: ProductUpdate) =>
      read(client.PUT('/api/products/{id}', { params: { path: { id }, header: ifMatch(version) }, body })),
    onSuccess: (product) => queries.setQueryData(adminProductKeys.detail(id), product),
    // Also after a refusal: then the page is out of date.
    onSettled: () => refreshProducts(queries),
  });
}

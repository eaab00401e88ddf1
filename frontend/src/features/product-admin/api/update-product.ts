import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '@/api/product-svc';
import { client, read } from '@/lib/api-client';
import { productKey } from './get-product';
import { refreshProducts } from './keys';

type ProductUpdate = components['schemas']['UpdateProductRequest'];

/** Changes what a product is, and with `discontinued: false` sells it again. */
export function useUpdateProduct(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: ProductUpdate) => read(client.PUT('/api/products/{id}', { params: { path: { id } }, body })),
    onSuccess: (product) => {
      queries.setQueryData(productKey(id), product);
      return refreshProducts(queries);
    },
  });
}

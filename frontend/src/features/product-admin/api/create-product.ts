import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { components } from '@/api/product-svc';
import { client, read } from '@/lib/api-client';
import { refreshProducts } from './keys';

export type NewProduct = components['schemas']['CreateProductRequest'];

export function useCreateProduct() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewProduct) => read(client.POST('/api/products', { body })),
    onSuccess: () => refreshProducts(queries),
  });
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '@/lib/api-client';
import { refreshProducts } from './keys';

/** Takes a product out of the shop; orders keep it. */
export function useDiscontinueProduct(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.DELETE('/api/products/{id}', { params: { path: { id } } }),
    onSuccess: () => refreshProducts(queries),
  });
}

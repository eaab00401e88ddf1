import { useMutation, useQueryClient } from '@tanstack/react-query';
import { refreshProducts } from '@/api/products';
import { client } from '@/lib/api-client';
import { ifMatch } from '@/lib/if-match';
import type { Product } from '@/types/api';

/** Takes a product out of the shop; orders keep it. */
export function useDiscontinueProduct({ id, version }: Product) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.DELETE('/api/products/{id}', { params: { path: { id }, header: ifMatch(version) } }),
    // Also when it was refused: then the product is not what the page says.
    onSettled: () => refreshProducts(queries),
  });
}

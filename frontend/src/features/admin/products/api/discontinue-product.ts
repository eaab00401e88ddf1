import { useMutation, useQueryClient } from '@tanstack/react-query';
import { refreshProducts } from '@/api/products';
import { client } from '@/lib/api-client';
import { ifMatch } from '@/lib/if-match';
import type { Product } from '@/types/api';

/** Discontinues a product. Orders keep it. */
export function useDiscontinueProduct({ id, version }: Product) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.DELETE('/api/products/{id}', { params: { path: { id }, header: ifMatch(version) } }),
    // Also after a refusal: then the page is out of date.
    onSettled: () => refreshProducts(queries),
  });
}

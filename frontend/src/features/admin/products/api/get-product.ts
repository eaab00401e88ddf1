import { useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import { productAdminKey } from './keys';

export const productKey = (id: number) => [...productAdminKey, 'detail', id] as const;

export function useProduct(id: number) {
  return useQuery({
    queryKey: productKey(id),
    queryFn: ({ signal }) => read(client.GET('/api/products/{id}', { params: { path: { id } }, signal })),
  });
}

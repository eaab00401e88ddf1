import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import { toQuery, type ProductFilters } from '../product-filters';
import { productAdminKey } from './keys';

export function useProducts(filters: ProductFilters, page: number) {
  const query = { ...toQuery(filters), page, size: 20 };
  return useQuery({
    queryKey: [...productAdminKey, 'list', query],
    queryFn: ({ signal }) => read(client.GET('/api/products', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  });
}

import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { paths } from './product-svc';

type ProductSearch = NonNullable<paths['/api/products']['get']['parameters']['query']>;

/** Products as everyone sees them in the shop window. */
export const productKeys = {
  all: ['products'] as const,
  list: (search: ProductSearch) => [...productKeys.all, 'list', search] as const,
  detail: (id: number) => [...productKeys.all, 'detail', id] as const,
  categories: () => [...productKeys.all, 'categories'] as const,
};

/** Products as administrators see them; unlike shoppers' queries, these end with the session. */
export const adminProductKeys = {
  all: ['product-admin'] as const,
  list: (search: ProductSearch) => [...adminProductKeys.all, 'list', search] as const,
  detail: (id: number) => [...adminProductKeys.all, 'detail', id] as const,
  movements: (id: number, page: number) => [...adminProductKeys.all, 'movements', id, page] as const,
};

const getProducts = (query: ProductSearch, signal: AbortSignal) =>
  read(client.GET('/api/products', { params: { query }, signal }));

const getProduct = (id: number, signal: AbortSignal) =>
  read(client.GET('/api/products/{id}', { params: { path: { id } }, signal }));

const meta = { isPublic: true };

export const productsQuery = (search: ProductSearch) =>
  queryOptions({ queryKey: productKeys.list(search), queryFn: ({ signal }) => getProducts(search, signal), meta });

export const productQuery = (id: number) =>
  queryOptions({ queryKey: productKeys.detail(id), queryFn: ({ signal }) => getProduct(id, signal), meta });

export const categoriesQuery = queryOptions({
  queryKey: productKeys.categories(),
  queryFn: ({ signal }) => read(client.GET('/api/products/categories', { signal })),
  staleTime: 10 * 60_000,
  meta,
});

export const adminProductsQuery = (search: ProductSearch) =>
  queryOptions({ queryKey: adminProductKeys.list(search), queryFn: ({ signal }) => getProducts(search, signal) });

export const adminProductQuery = (id: number) =>
  queryOptions({ queryKey: adminProductKeys.detail(id), queryFn: ({ signal }) => getProduct(id, signal) });

export const stockMovementsQuery = (id: number, page: number) =>
  queryOptions({
    queryKey: adminProductKeys.movements(id, page),
    queryFn: ({ signal }) =>
      read(
        client.GET('/api/products/{id}/stock-movements', {
          params: { path: { id }, query: { page, size: 10 } },
          signal,
        }),
      ),
  });

/** Reads again what a change of a product may have changed, in the shop window too. */
export const refreshProducts = (queries: QueryClient) =>
  Promise.all([
    queries.invalidateQueries({ queryKey: adminProductKeys.all }),
    queries.invalidateQueries({ queryKey: productKeys.all }),
  ]);

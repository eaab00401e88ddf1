import type { QueryClient } from '@tanstack/react-query';

/** Products as administrators see them; unlike the shop window, that goes with whoever is signed in. */
export const productAdminKey = ['product-admin'] as const;

/** Reads anew what a change of a product may have changed, in the shop window too. */
export const refreshProducts = (queries: QueryClient) =>
  Promise.all([
    queries.invalidateQueries({ queryKey: productAdminKey }),
    queries.invalidateQueries({ queryKey: ['products'] }),
  ]);

import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { addAdminRoutes, routes } from '@/app/router';
import { useCart } from '@/features/shop/cart/stores/cart-store';
import { createQueryClient } from '@/lib/query-client';
import { useLanguage } from '@/lib/i18n/language';
import { endSession, startSession } from '@/lib/session';
import type { User } from '@/types/api';
import { issueToken } from './mocks/db';

/** The whole storefront at an address, over the mocked services, as a given shopper or as a visitor. */
export function renderApp(address: string, { user, strict = false }: { user?: User; strict?: boolean } = {}) {
  useCart.setState({ lines: [] });
  useLanguage.setState({ language: 'ko' });
  if (user) startSession({ accessToken: issueToken(user.id), tokenType: 'Bearer', expiresIn: 900, user });
  else endSession();

  const queryClient = createQueryClient();
  queryClient.setDefaultOptions({ queries: { ...queryClient.getDefaultOptions().queries, retry: false } });
  const router = createMemoryRouter(routes, {
    initialEntries: [address],
    patchRoutesOnNavigation: addAdminRoutes,
  });
  render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
    { reactStrictMode: strict },
  );
  return { router, shopper: userEvent.setup() };
}

import { createBrowserRouter, redirect, type PatchRoutesOnNavigationFunction, type RouteObject } from 'react-router';
import { isAdminHost } from '@/config/hosts';
import { paths } from '@/config/paths';
import { Layout } from './layout/layout';
import { NotFound } from './routes/not-found';
import { RouteError } from './routes/route-error';

/** Every page is a chunk of its own, so a visitor of the catalogue downloads nothing of the checkout. */
export const routes: RouteObject[] = [
  {
    element: <Layout />,
    hydrateFallbackElement: <></>,
    children: [
      {
        errorElement: <RouteError />,
        children: [
          isAdminHost()
            ? { path: paths.catalogue.path, element: <></>, loader: () => redirect(paths.admin.today.getHref()) }
            : { path: paths.catalogue.path, lazy: () => import('./routes/catalogue') },
          { path: paths.product.path, lazy: () => import('./routes/product') },
          { path: paths.cart.path, lazy: () => import('./routes/cart') },
          { path: paths.checkout.path, lazy: () => import('./routes/checkout') },
          { path: paths.paymentSuccess.path, lazy: () => import('./routes/payment-success') },
          { path: paths.paymentFailure.path, lazy: () => import('./routes/payment-failure') },
          { path: paths.orders.path, lazy: () => import('./routes/orders') },
          { path: paths.order.path, lazy: () => import('./routes/order') },
          { path: paths.account.path, lazy: () => import('./routes/account') },
          { path: paths.signIn.path, lazy: () => import('./routes/sign-in') },
          { path: paths.signUp.path, lazy: () => import('./routes/sign-up') },
          { path: paths.guide.path, lazy: () => import('./routes/guide') },
          { path: '*', element: <NotFound /> },
        ],
      },
    ],
  },
];

/** Adds the admin routes on demand, so shoppers do not even download their list. */
export const addAdminRoutes: PatchRoutesOnNavigationFunction = async ({ path, patch }) => {
  const { path: root } = paths.admin.today;
  if (path === root || path.startsWith(`${root}/`)) patch(null, (await import('./admin/admin-routes')).adminRoutes);
};

export const createRouter = () => createBrowserRouter(routes, { patchRoutesOnNavigation: addAdminRoutes });

import type { RouteObject } from 'react-router';
import { paths } from '@/config/paths';
import { RouteError } from '../routes/route-error';
import { AdminLayout } from './admin-layout';

const { admin } = paths;

const pages: RouteObject[] = [
  { path: admin.today.path, lazy: () => import('../routes/admin/today') },
  { path: admin.products.path, lazy: () => import('../routes/admin/products') },
  { path: admin.newProduct.path, lazy: () => import('../routes/admin/new-product') },
  { path: admin.product.path, lazy: () => import('../routes/admin/product') },
  { path: admin.orders.path, lazy: () => import('../routes/admin/orders') },
  { path: admin.order.path, lazy: () => import('../routes/admin/order') },
  { path: admin.deposits.path, lazy: () => import('../routes/admin/deposits') },
  { path: admin.payments.path, lazy: () => import('../routes/admin/payments') },
  { path: admin.refunds.path, lazy: () => import('../routes/admin/refunds') },
  { path: admin.users.path, lazy: () => import('../routes/admin/users') },
  { path: admin.messages.path, lazy: () => import('../routes/admin/messages') },
  { path: admin.reconciliation.path, lazy: () => import('../routes/admin/reconciliation') },
];

/** The admin area's pages, each a chunk of its own, in its frame. */
export const adminRoutes: RouteObject[] = [
  {
    Component: AdminLayout,
    ErrorBoundary: RouteError,
    HydrateFallback: () => null,
    children: [{ ErrorBoundary: RouteError, children: pages }],
  },
];

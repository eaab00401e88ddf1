/** Every address of the storefront. */
export const paths = {
  catalogue: { path: '/', getHref: (query = '') => (query ? `/?${query}` : '/') },
  product: { path: '/products/:productId', getHref: (id: number) => `/products/${id}` },
  cart: { path: '/cart', getHref: () => '/cart' },
  checkout: { path: '/checkout', getHref: (step?: string) => (step ? `/checkout?step=${step}` : '/checkout') },
  paymentSuccess: { path: '/checkout/success', getHref: () => '/checkout/success' },
  paymentFailure: { path: '/checkout/fail', getHref: () => '/checkout/fail' },
  orders: { path: '/orders', getHref: (page = 1) => (page > 1 ? `/orders?page=${page}` : '/orders') },
  order: { path: '/orders/:orderId', getHref: (id: number) => `/orders/${id}` },
  reconciliation: { path: '/admin/reconciliation', getHref: () => '/admin/reconciliation' },
  signIn: { path: '/sign-in', getHref: (next?: string) => withNext('/sign-in', next) },
  signUp: { path: '/sign-up', getHref: (next?: string) => withNext('/sign-up', next) },
};

function withNext(path: string, next?: string) {
  return next && next !== '/' ? `${path}?next=${encodeURIComponent(next)}` : path;
}

/** Where to go after signing in: only addresses inside the shop are followed. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}

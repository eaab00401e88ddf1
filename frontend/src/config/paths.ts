/** Every address of the storefront. */
export const paths = {
  catalogue: { path: '/', getHref: (query = '') => withQuery('/', query) },
  product: { path: '/products/:productId', getHref: (id: number) => `/products/${id}` },
  cart: { path: '/cart', getHref: () => '/cart' },
  checkout: { path: '/checkout', getHref: (step?: string) => (step ? `/checkout?step=${step}` : '/checkout') },
  paymentSuccess: { path: '/checkout/success', getHref: () => '/checkout/success' },
  paymentFailure: { path: '/checkout/fail', getHref: () => '/checkout/fail' },
  orders: { path: '/orders', getHref: (page = 1) => (page > 1 ? `/orders?page=${page}` : '/orders') },
  order: { path: '/orders/:orderId', getHref: (id: number) => `/orders/${id}` },
  admin: {
    today: { path: '/admin', getHref: (query = '') => withQuery('/admin', query) },
    products: { path: '/admin/products', getHref: (query = '') => withQuery('/admin/products', query) },
    newProduct: { path: '/admin/products/new', getHref: () => '/admin/products/new' },
    product: { path: '/admin/products/:productId', getHref: (id: number) => `/admin/products/${id}` },
    orders: { path: '/admin/orders', getHref: (query = '') => withQuery('/admin/orders', query) },
    order: { path: '/admin/orders/:orderId', getHref: (id: number) => `/admin/orders/${id}` },
    deposits: { path: '/admin/deposits', getHref: (query = '') => withQuery('/admin/deposits', query) },
    payments: { path: '/admin/payments', getHref: (query = '') => withQuery('/admin/payments', query) },
    refunds: { path: '/admin/refunds', getHref: (query = '') => withQuery('/admin/refunds', query) },
    users: { path: '/admin/users', getHref: (query = '') => withQuery('/admin/users', query) },
    messages: { path: '/admin/messages', getHref: (query = '') => withQuery('/admin/messages', query) },
    reconciliation: { path: '/admin/reconciliation', getHref: () => '/admin/reconciliation' },
  },
  signIn: { path: '/sign-in', getHref: (next?: string) => withNext('/sign-in', next) },
  signUp: { path: '/sign-up', getHref: (next?: string) => withNext('/sign-up', next) },
};

const withQuery = (path: string, query: string) => (query ? `${path}?${query}` : path);

function withNext(path: string, next?: string) {
  return next && next !== '/' ? `${path}?next=${encodeURIComponent(next)}` : path;
}

/** Where to go after signing in: only addresses inside the shop are followed. */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])/.test(next) ? next : '/';
}

/** The parts of the guide, in the order in which a shopper needs them. */
export const guideParts = ['card', 'transfer', 'delivery', 'refund'] as const;

export type GuidePart = (typeof guideParts)[number];

export const paths = {
  catalogue: { path: '/', getHref: (query = '') => withQuery('/', query) },
  product: { path: '/products/:productId', getHref: (id: number) => `/products/${id}` },
  cart: { path: '/cart', getHref: () => '/cart' },
  checkout: { path: '/checkout', getHref: (step?: string) => (step ? `/checkout?step=${step}` : '/checkout') },
  paymentSuccess: { path: '/checkout/success', getHref: () => '/checkout/success' },
  paymentFailure: { path: '/checkout/fail', getHref: () => '/checkout/fail' },
  orders: { path: '/orders', getHref: (page = 1) => (page > 1 ? `/orders?page=${page}` : '/orders') },
  order: { path: '/orders/:orderId', getHref: (id: number) => `/orders/${id}` },
  account: { path: '/account', getHref: () => '/account' },
  guide: { path: '/guide', getHref: (part?: GuidePart) => (part ? `/guide#${part}` : '/guide') },
  admin: {
    today: list('/admin'),
    products: list('/admin/products'),
    newProduct: { path: '/admin/products/new', getHref: () => '/admin/products/new' },
    product: { path: '/admin/products/:productId', getHref: (id: number) => `/admin/products/${id}` },
    orders: list('/admin/orders'),
    order: { path: '/admin/orders/:orderId', getHref: (id: number) => `/admin/orders/${id}` },
    deposits: list('/admin/deposits'),
    payments: list('/admin/payments'),
    refunds: list('/admin/refunds'),
    users: list('/admin/users'),
    messages: list('/admin/messages'),
    reconciliation: { path: '/admin/reconciliation', getHref: () => '/admin/reconciliation' },
  },
  signIn: { path: '/sign-in', getHref: (next?: string) => withNext('/sign-in', next) },
  signUp: { path: '/sign-up', getHref: (next?: string) => withNext('/sign-up', next) },
};

/** A page whose address also holds its filters. */
function list(path: string) {
  return { path, getHref: (query = '') => withQuery(path, query) };
}

const withQuery = (path: string, query: string) => (query ? `${path}?${query}` : path);

function withNext(path: string, next?: string) {
  return next && next !== '/' ? `${path}?next=${encodeURIComponent(next)}` : path;
}

/**
 * Where to go after signing in: only addresses inside the shop are followed. Browsers leave control characters out of an
 * address, so that what stands behind one is the beginning of another.
 */
export function safeNext(next: string | null): string {
  return next && /^\/(?![/\\])\P{Cc}*$/u.test(next) ? next : '/';
}

import { Navigate, useNavigate } from 'react-router';
import { paths } from '@/config/paths';
import { atPresentPrices } from '@/features/cart/cart-changes';
import { useCart } from '@/features/cart/stores/cart-store';
import { CheckoutView } from '@/features/checkout/components/checkout-view';
import type { User } from '@/types/api';
import { RequireSession } from '../require-session';
import { useProductsInCart } from '../use-products-in-cart';

export function Component() {
  return <RequireSession>{(user) => <Checkout user={user} />}</RequireSession>;
}

function Checkout({ user }: { user: User }) {
  const navigate = useNavigate();
  const lines = useCart((cart) => cart.lines);
  const clearCart = useCart((cart) => cart.clear);
  const products = useProductsInCart();

  if (lines.length === 0) return <Navigate to={paths.cart.getHref()} replace />;
  return (
    <CheckoutView
      user={user}
      lines={atPresentPrices(lines, products)}
      // Emptied only once this page is left: an empty cart has nothing to check out and would lead elsewhere.
      onPlaced={async (order) => {
        await navigate(paths.order.getHref(order.id), { replace: true, state: { justPlaced: true } });
        clearCart();
      }}
    />
  );
}

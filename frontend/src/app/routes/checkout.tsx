import { useEffect, useState } from 'react';
import { Navigate } from 'react-router';
import { paths } from '@/config/paths';
import { atPresentPrices } from '@/features/cart/cart-changes';
import { useCart } from '@/features/cart/stores/cart-store';
import { CheckoutView } from '@/features/checkout/components/checkout-view';
import { useRecipient } from '@/features/checkout/stores/recipient-store';
import type { Order, User } from '@/types/api';
import { RequireSession } from '../require-session';
import { useProductsInCart } from '../use-products-in-cart';
import type { OrderPageState } from '../order-page-state';

export function Component() {
  return <RequireSession>{(user) => <Checkout user={user} />}</RequireSession>;
}

function Checkout({ user }: { user: User }) {
  const lines = useCart((cart) => cart.lines);
  const products = useProductsInCart();
  const [placed, setPlaced] = useState<Order | null>(null);

  if (placed) return <Placed order={placed} />;
  if (lines.length === 0) return <Navigate to={paths.cart.getHref()} replace />;
  return <CheckoutView user={user} lines={atPresentPrices(lines, products)} onPlaced={setPlaced} />;
}

/** Leaves for the order's page. The cart is emptied only here: without lines, checking out would lead back to the cart. */
function Placed({ order }: { order: Order }) {
  const clearCart = useCart((cart) => cart.clear);
  const forgetRecipient = useRecipient((draft) => draft.forget);
  useEffect(() => {
    clearCart();
    forgetRecipient();
  }, [clearCart, forgetRecipient]);
  const state: OrderPageState = { justPlaced: true, pay: order.paymentMethod === 'CARD' };
  return <Navigate to={paths.order.getHref(order.id)} state={state} replace />;
}

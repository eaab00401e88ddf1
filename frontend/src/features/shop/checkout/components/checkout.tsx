import { useEffect, useState } from 'react';
import { Navigate } from 'react-router';
import { paths } from '@/config/paths';
import { useCart } from '@/features/shop/cart/stores/cart-store';
import type { Order, User } from '@/types/api';
import type { OrderPageState } from '../order-page-state';
import { useRecipient } from '../stores/recipient-store';
import { CheckoutView } from './checkout-view';

/** Turns the cart into an order, and goes on to its page. */
export function Checkout({ user }: { user: User }) {
  const isEmpty = useCart((cart) => cart.lines.length === 0);
  const [placed, setPlaced] = useState<Order | null>(null);
  if (placed) return <Placed order={placed} />;
  if (isEmpty) return <Navigate to={paths.cart.getHref()} replace />;
  return <CheckoutView user={user} onPlaced={setPlaced} />;
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

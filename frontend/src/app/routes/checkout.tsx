import { useEffect, useState } from 'react';
import { Navigate } from 'react-router';
import { paths } from '@/config/paths';
import { asAvailable, atPresentPrices, hasChanged } from '@/features/shop/cart/cart-changes';
import { ChangeNotice } from '@/features/shop/cart/components/change-notice';
import { LineChangeText } from '@/features/shop/cart/components/line-change-text';
import { useCart } from '@/features/shop/cart/stores/cart-store';
import { CheckoutView } from '@/features/shop/checkout/components/checkout-view';
import { useRecipient } from '@/features/shop/checkout/stores/recipient-store';
import type { Order, User } from '@/types/api';
import { RequireSession } from '../require-session';
import { useProductsInCart } from '../use-products-in-cart';
import type { OrderPageState } from '../order-page-state';

export function Component() {
  return <RequireSession>{(user) => <Checkout user={user} />}</RequireSession>;
}

function Checkout({ user }: { user: User }) {
  const { lines, replace } = useCart();
  const products = useProductsInCart();
  const [placed, setPlaced] = useState<Order | null>(null);

  const available = asAvailable(lines, products);

  if (placed) return <Placed order={placed} />;
  if (lines.length === 0) return <Navigate to={paths.cart.getHref()} replace />;
  return (
    <CheckoutView
      user={user}
      lines={atPresentPrices(lines, products)}
      available={available}
      changed={hasChanged(lines, products)}
      onAcceptChanges={() => replace(available)}
      renderChanges={(onAccept, onOrder) => <ChangeNotice products={products} onAccept={onAccept} onOrder={onOrder} />}
      renderChange={(id) => {
        const line = lines.find(({ productId }) => productId === id);
        return line && <LineChangeText line={line} product={products.get(id)} />;
      }}
      onPlaced={setPlaced}
    />
  );
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

import { useCallback } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import type { OrderPageState } from '@/features/shop/checkout/order-page-state';
import { OrderView } from '@/features/shop/orders/components/order-view';
import { PaymentOfOrder, PayOrder } from '@/features/shop/payments/components/payment-of-order';
import type { User } from '@/types/api';
import { RequireSession } from '../require-session';
import { NotFound } from './not-found';

export function Component() {
  const { orderId } = useParams();
  if (!/^[1-9]\d{0,15}$/.test(orderId ?? '')) return <NotFound />;
  return (
    <div className="mx-auto max-w-3xl">
      <RequireSession>{(user) => <OrderPage key={orderId} orderId={Number(orderId)} user={user} />}</RequireSession>
    </div>
  );
}

function OrderPage({ orderId, user }: { orderId: number; user: User }) {
  const navigate = useNavigate();
  const { pathname, state } = useLocation();
  const { justPlaced = false, pay = false } = (state ?? {}) as OrderPageState;
  // The payment window opens by itself once, not again after a reload or on coming back.
  const forgetToPay = useCallback(
    () => void navigate(pathname, { replace: true, state: { justPlaced }, preventScrollReset: true }),
    [justPlaced, navigate, pathname],
  );
  return (
    <OrderView
      orderId={orderId}
      justPlaced={justPlaced}
      notFound={<NotFound />}
      isOwn={(order) => order.userId === user.id}
      renderPay={(order) =>
        order.userId === user.id && (
          <PayOrder order={order} customerName={user.name} openAtOnce={pay} onOpened={forgetToPay} />
        )
      }
      renderPayment={(order) => <PaymentOfOrder order={order} />}
    />
  );
}

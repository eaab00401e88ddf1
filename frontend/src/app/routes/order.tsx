import { useLocation, useParams } from 'react-router';
import { OrderView } from '@/features/orders/components/order-view';
import { RequireSession } from '../require-session';
import { NotFound } from './not-found';

export function Component() {
  const { orderId } = useParams();
  const state = useLocation().state as { justPlaced?: boolean } | null;
  if (!/^[1-9]\d{0,15}$/.test(orderId ?? '')) return <NotFound />;
  return (
    <div className="mx-auto max-w-3xl">
      <RequireSession>
        {() => <OrderView orderId={Number(orderId)} justPlaced={state?.justPlaced === true} notFound={<NotFound />} />}
      </RequireSession>
    </div>
  );
}

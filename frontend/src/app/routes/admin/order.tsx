import { useParams } from 'react-router';
import { OrderDetail } from '@/features/admin/orders/components/order-detail';
import { PaymentPanel } from '@/features/admin/payments/components/payment-panel';
import { useAdminNames } from '@/features/admin/users/api/get-admin-names';
import { NotFound } from '../not-found';

export function Component() {
  const { orderId } = useParams();
  const names = useAdminNames();
  if (!/^[1-9]\d{0,15}$/.test(orderId ?? '')) return <NotFound />;
  const nameOf = (userId: number) => names.get(userId);
  return (
    <OrderDetail
      key={orderId}
      orderId={Number(orderId)}
      notFound={<NotFound />}
      nameOf={nameOf}
      renderPayment={(order) => <PaymentPanel order={order} nameOf={nameOf} />}
    />
  );
}

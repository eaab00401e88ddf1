import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { orderKeys } from '@/api/orders';
import { Notice } from '@/components/ui/notice';
import { useTranslate } from '@/lib/i18n/translate';
import type { Order } from '@/types/api';
import { usePayment } from '../api/get-payment';
import { CardPaymentPanel } from './card-payment-panel';
import { TossMessage } from './toss-message';
import { PaymentState } from './payment-state';

type PayOrderProps = { order: Order; customerName?: string; openAtOnce: boolean; onOpened: () => void };

/** On the page of a card order that waits for its money: the way to pay, or that a payment is being checked. */
export function PayOrder({ order, ...panel }: PayOrderProps) {
  const { t } = useTranslate();
  const payment = usePayment(order.id);
  if (order.status !== 'PENDING' || order.paymentMethod !== 'CARD' || payment.isPending) return null;
  const status = payment.data?.status;
  if (status === 'COMPLETED') return <Notice tone="accent">{t('payment.arrived')}</Notice>;
  if (order.paymentInProgress || (status === 'PENDING' && payment.data?.checking !== false)) {
    return (
      <div role="status">
        <Notice tone="caution">
          <strong className="block">{t('payment.checking.title')}</strong>
          {t('payment.checking.text')} {t('payment.checking.once')}
        </Notice>
      </div>
    );
  }
  return (
    <>
      <TossMessage message={payment.data?.refusal?.tossMessage} />
      <CardPaymentPanel order={order} {...panel} />
    </>
  );
}

/** Where the order's payment stands; the order follows it a moment later, and the payment a cancelled order. */
export function PaymentOfOrder({ order }: { order: Order }) {
  const queries = useQueryClient();
  const cancelled = order.status === 'CANCELLED';
  const { data } = usePayment(order.id, { refunding: cancelled });
  const orderLags = order.status === 'PENDING' && data?.status === 'COMPLETED';
  useEffect(() => {
    if (!orderLags) return;
    const follow = () => void queries.invalidateQueries({ queryKey: orderKeys.detail(order.id) });
    follow();
    const timer = setInterval(follow, 2_000);
    return () => clearInterval(timer);
  }, [order.id, orderLags, queries]);
  return data ? <PaymentState payment={data} refunding={cancelled && data.status === 'COMPLETED'} /> : null;
}

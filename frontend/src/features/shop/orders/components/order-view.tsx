import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { orderQuery } from '@/api/orders';
import { LoadError } from '@/components/ui/load-error';
import { Notice } from '@/components/ui/notice';
import { PageTitle } from '@/components/ui/page-title';
import { Price } from '@/components/ui/price';
import { Skeleton } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { formatDateTime } from '@/lib/dates';
import { useTranslate } from '@/lib/i18n/translate';
import { lineTotal } from '@/lib/money';
import { toApiError } from '@/lib/problem';
import type { Order } from '@/types/api';
import { methodLabels } from '../order-status';
import { BankTransferPanel } from './bank-transfer-panel';
import { CancelOrder } from './cancel-order';
import { OrderHistory } from './order-history';
import { OrderJourney } from './order-journey';
import { OrderStatusBadge } from './order-status-badge';
import { PictureOfProduct } from './picture-of-product';

type OrderViewProps = {
  orderId: number;
  justPlaced: boolean;
  /** Shown for an order that does not exist, or is someone else's. */
  notFound: ReactNode;
  /** Whether the order is the reader's own; administrators see everyone's. */
  isOwn: (order: Order) => boolean;
  /** The way to pay, where there is one. */
  renderPay: (order: Order) => ReactNode;
  renderPayment: (order: Order) => ReactNode;
};

export function OrderView({ orderId, notFound, ...view }: OrderViewProps) {
  const { t } = useTranslate();
  const order = useQuery(orderQuery(orderId));
  if (order.data) return <LoadedOrder order={order.data} {...view} />;
  if (order.isError && toApiError(order.error).status === 404) return notFound;
  if (order.isError && !order.data) return <LoadError error={order.error} onRetry={() => void order.refetch()} />;
  return (
    <div role="status" aria-label={t('loading')} className="flex flex-col gap-5 pt-8">
      <Skeleton className="h-9 w-48" />
      <Skeleton className="h-20 rounded-2xl" />
      <Skeleton className="h-64 rounded-2xl" />
    </div>
  );
}

type LoadedOrderProps = Omit<OrderViewProps, 'orderId' | 'notFound'> & { order: Order };

function LoadedOrder({ order, justPlaced, isOwn, renderPay, renderPayment }: LoadedOrderProps) {
  const { t, language } = useTranslate();
  const awaitsTransfer = order.status === 'PENDING' && order.bankAccount;
  return (
    <>
      <PageTitle title={justPlaced ? t('order.placed') : t('order.title')}>
        <OrderStatusBadge status={order.status} />
      </PageTitle>
      <div className="flex flex-col gap-8 pb-16">
        <p className="-mt-3 text-sm text-ink-faint">
          <span className="mr-3 inline-block">
            {t('order.number')} <span className="break-all">{order.orderNumber}</span>
          </span>
          <time dateTime={order.createdAt} className="inline-block">
            {formatDateTime(order.createdAt, language)}
          </time>
        </p>
        <OrderJourney status={order.status} />
        {order.status === 'CANCELLED' && <Notice>{t('order.cancelledText')}</Notice>}
        {awaitsTransfer && order.bankAccount && (
          <BankTransferPanel account={order.bankAccount} amount={order.totalPrice} payBy={order.payBy} />
        )}
        {renderPay(order)}

        <Section title={t('order.items')}>
          <ul>
            {order.items.map((item) => (
              <li
                key={item.productId}
                className="grid grid-cols-[56px_1fr_auto] items-center gap-x-4 border-b border-line py-3 text-[15px]"
              >
                <PictureOfProduct id={item.productId} />
                <span>
                  <Link to={paths.product.getHref(item.productId)} className="hover:underline">
                    {item.productName}
                  </Link>
                  <span className="block text-sm text-ink-faint">
                    <Price amount={item.price} /> × {item.quantity}
                  </span>
                </span>
                <strong className="shrink-0">
                  <Price amount={lineTotal(item)} />
                </strong>
              </li>
            ))}
          </ul>
          <p className="flex items-baseline justify-between pt-4">
            <span className="text-ink-soft">{t('order.total')}</span>
            <strong className="text-xl tracking-tight">
              <Price amount={order.totalPrice} />
            </strong>
          </p>
        </Section>

        <div className="grid gap-8 sm:grid-cols-2">
          {order.recipient && (
            <Section title={t('order.recipient')}>
              <address className="pt-3 text-[15px] leading-relaxed not-italic">
                {order.recipient.name} · {order.recipient.phone}
                <br />({order.recipient.postalCode}) {order.recipient.address1}
                {order.recipient.address2 && (
                  <>
                    <br />
                    {order.recipient.address2}
                  </>
                )}
              </address>
            </Section>
          )}
          <Section title={t('order.payment')}>
            <p className="pt-3 text-[15px]">{t(methodLabels[order.paymentMethod])}</p>
            {renderPayment(order)}
          </Section>
        </div>

        <Section title={t('order.history')}>
          <OrderHistory order={order} />
        </Section>
        {isOwn(order) && <CancelOrder order={order} />}
      </div>
    </>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="border-b border-ink pb-2.5 font-bold">{title}</h2>
      {children}
    </section>
  );
}

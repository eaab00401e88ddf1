import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { orderQuery } from '@/api/orders';
import { BackLink } from '@/components/ui/back-link';
import { LoadError } from '@/components/ui/load-error';
import { PageTitle } from '@/components/ui/page-title';
import { Fact, Facts, Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { TimeLeft } from '@/components/ui/time-left';
import { paths } from '@/config/paths';
import { formatDateTime } from '@/lib/dates';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import type { Order } from '@/types/api';
import { AuditTrail } from './audit-trail';
import { OrderLines } from './order-lines';
import { OrderMoves } from './order-moves';
import { OrderStatusBadge } from './order-status-badge';

type OrderDetailProps = {
  orderId: number;
  notFound: ReactNode;
  /** Renders the payment, which is another feature's. */
  renderPayment: (order: Order) => ReactNode;
  /** The name of an administrator. */
  nameOf: (userId: number) => string | undefined;
};

/** Everything about an order, with the moves it may make. */
export function OrderDetail({ orderId, notFound, ...view }: OrderDetailProps) {
  const { t } = useTranslate();
  const order = useQuery(orderQuery(orderId));
  if (order.data) return <Loaded order={order.data} {...view} />;
  if (order.isError && toApiError(order.error).status === 404) return notFound;
  if (order.isError) return <LoadError error={order.error} onRetry={() => void order.refetch()} />;
  return (
    <div role="status" aria-label={t('loading')} className="flex flex-col gap-4 pt-8">
      <Skeleton className="h-9 w-72 max-w-full" />
      <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
        <Skeleton className="h-72 rounded-xl" />
        <Skeleton className="h-72 rounded-xl" />
      </div>
    </div>
  );
}

type LoadedProps = Omit<OrderDetailProps, 'orderId' | 'notFound'> & { order: Order };

function Loaded({ order, renderPayment, nameOf }: LoadedProps) {
  const { t } = useTranslate(adminWords);
  return (
    <>
      <BackLink to={paths.admin.orders.getHref()}>{t('nav.orders')}</BackLink>
      <PageTitle title={t('orderAdmin.title', { number: order.orderNumber })}>
        <OrderStatusBadge status={order.status} />
      </PageTitle>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_360px]">
        <div className="order-1 flex flex-col gap-4 lg:order-2">
          <Panel title={t('move.label')}>
            <OrderMoves order={order} />
          </Panel>
          <Summary order={order} />
          <Delivery order={order} />
        </div>
        <div className="order-2 flex min-w-0 flex-col gap-4 lg:order-1">
          <Panel title={t('order.items')}>
            <OrderLines order={order} />
          </Panel>
          {renderPayment(order)}
          <Panel title={t('audit.title')}>
            <AuditTrail order={order} nameOf={nameOf} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function Summary({ order }: { order: Order }) {
  const { t, language } = useTranslate(adminWords);
  const { bankAccount } = order;
  return (
    <Panel title={t('orderAdmin.summary')}>
      <Facts>
        <Fact name={t('ordersAdmin.placed')}>
          <time dateTime={order.createdAt}>{formatDateTime(order.createdAt, language)}</time>
        </Fact>
        <Fact name={t('ordersAdmin.customer')}>
          <span className="break-all">{order.email}</span>{' '}
          <Link
            to={paths.admin.orders.getHref(`userId=${order.userId}`)}
            className="whitespace-nowrap underline underline-offset-4"
          >
            {t('orderAdmin.othersOfUser')}
          </Link>
        </Fact>
        <Fact name={t('ordersAdmin.method')}>{t(`order.method.${order.paymentMethod}`)}</Fact>
        {bankAccount && (
          <>
            <Fact name={t('deposits.other.name')}>
              <strong>{bankAccount.depositorName ?? t('listing.nothing')}</strong>
            </Fact>
            <Fact name={t('transfer.account')}>
              {bankAccount.bank} <span className="tabular-nums">{bankAccount.accountNumber}</span> ({bankAccount.holder}
              )
            </Fact>
          </>
        )}
        {order.status === 'PENDING' && (
          <Fact name={t('orderAdmin.payBy')}>
            {formatDateTime(order.payBy, language)}
            <TimeLeft until={order.payBy} />
          </Fact>
        )}
      </Facts>
    </Panel>
  );
}

function Delivery({ order: { recipient } }: { order: Order }) {
  const { t } = useTranslate(adminWords);
  return (
    <Panel title={t('orderAdmin.delivery')}>
      {recipient ? (
        <Facts>
          <Fact name={t('order.recipient')}>{recipient.name}</Fact>
          <Fact name={t('orderAdmin.phone')}>
            <a href={`tel:${recipient.phone}`} className="tabular-nums underline underline-offset-4">
              {recipient.phone}
            </a>
          </Fact>
          <Fact name={t('orderAdmin.address')}>
            <address className="not-italic">
              ({recipient.postalCode}) {recipient.address1}
              {recipient.address2 && <span className="block">{recipient.address2}</span>}
            </address>
          </Fact>
        </Facts>
      ) : (
        <p className="text-sm text-ink-soft">{t('orderAdmin.noRecipient')}</p>
      )}
    </Panel>
  );
}

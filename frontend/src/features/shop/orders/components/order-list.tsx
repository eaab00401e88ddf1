import { Link } from 'react-router';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { ChevronRightIcon } from '@/components/ui/icons';
import { LoadError } from '@/components/ui/load-error';
import { Pagination } from '@/components/ui/pagination';
import { Price } from '@/components/ui/price';
import { Skeleton } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { formatDate } from '@/lib/dates';
import { useTranslate, type Translate } from '@/lib/i18n/translate';
import type { Order } from '@/types/api';
import { pageSize, useOrders } from '../api/get-orders';
import { OrderStatusBadge } from './order-status-badge';
import { PictureOfProduct } from './picture-of-product';

export function OrderList({ userId, page }: { userId: number; page: number }) {
  const { t } = useTranslate();
  const orders = useOrders(userId, page);

  if (orders.isPending) {
    return (
      <div role="status" aria-label={t('loading')} className="flex flex-col gap-3">
        {Array.from({ length: 4 }, (_, index) => (
          <Skeleton key={index} className="h-28 rounded-2xl" />
        ))}
      </div>
    );
  }
  if (orders.isError) return <LoadError error={orders.error} onRetry={() => void orders.refetch()} />;
  if (orders.data.items.length === 0) {
    return (
      <EmptyState title={t('orders.empty.title')} text={t('orders.empty.text')}>
        <ButtonLink to={paths.catalogue.getHref()}>{t('orders.empty.link')}</ButtonLink>
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="flex flex-col gap-3">
        {orders.data.items.map((order) => (
          <OrderSummary key={order.id} order={order} />
        ))}
      </ul>
      <Pagination page={page} size={pageSize} total={orders.data.total} getHref={paths.orders.getHref} />
    </>
  );
}

function OrderSummary({ order }: { order: Order }) {
  const { t, language } = useTranslate();
  const first = order.items[0];
  return (
    <li className="relative flex items-center gap-4 rounded-2xl border border-line p-4 transition-colors hover:border-line-strong sm:p-5">
      <div className="w-18 shrink-0 sm:w-20">{first && <PictureOfProduct id={first.productId} />}</div>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm text-ink-faint">
          <OrderStatusBadge status={order.status} />
          <time dateTime={order.createdAt}>{formatDate(order.createdAt, language)}</time>
        </p>
        <h2 className="mt-2 truncate font-semibold">
          <Link to={paths.order.getHref(order.id)} className="after:absolute after:inset-0 after:rounded-2xl">
            {orderTitle(order, t)}
          </Link>
        </h2>
        <p className="mt-0.5 font-bold tracking-tight">
          <Price amount={order.totalPrice} />
        </p>
      </div>
      <span className="text-ink-faint">
        <ChevronRightIcon />
      </span>
    </li>
  );
}

function orderTitle({ items }: Order, t: Translate) {
  const first = items[0]?.productName ?? '';
  return items.length > 1 ? t('orders.andMore', { first, count: items.length - 1 }) : first;
}

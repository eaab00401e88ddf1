import { useState } from 'react';
import { Link } from 'react-router';
import type { Column } from '@/components/ui/data-table';
import { ExportButton } from '@/components/ui/export-button';
import { Notice } from '@/components/ui/notice';
import { MoneyFilters } from '@/components/ui/money-filters';
import { NoneFound } from '@/components/ui/none-found';
import { OrderNumber } from '@/components/ui/order-number';
import { PagedTable } from '@/components/ui/paged-table';
import { PageTitle } from '@/components/ui/page-title';
import { Price } from '@/components/ui/price';
import { TabLinks } from '@/components/ui/tab-links';
import { Timestamp } from '@/components/ui/timestamp';
import { paths } from '@/config/paths';
import { adminWords, type AdminTranslate } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { showTotal } from '@/lib/long-list';
import { useListAddress } from '@/lib/use-list-address';
import type { Order } from '@/types/api';
import { exportOrders } from '../api/export-orders';
import { useOpenCounts } from '../api/get-open-counts';
import { useOrders } from '../api/get-orders';
import { filterKeys, statuses } from '../order-filters';
import { OrderStatusBadge } from './order-status-badge';
import { ShipOrders, ShipTick } from './ship-orders';

/** All orders, filtered by status, payment, period and text. */
export function OrderList() {
  const { t, language } = useTranslate(adminWords);
  const { filters, page, hasFilters, getHref, change, clearHref } = useListAddress(filterKeys);
  const orders = useOrders(filters, page);
  const counts = useOpenCounts();
  const [ticked, setTicked] = useState<ReadonlySet<number>>(new Set());

  const shippable = (orders.data?.items ?? []).filter(({ status }) => status === 'CONFIRMED');
  const chosen = shippable.filter(({ id }) => ticked.has(id));
  const columns = columnsOf(t);
  const tick: Column<Order> = {
    id: 'tick',
    header: t('ship.column'),
    width: 'w-px',
    onCard: 'before',
    render: (order) =>
      order.status === 'CONFIRMED' && (
        <ShipTick
          order={order}
          isTicked={ticked.has(order.id)}
          onChange={(isTicked) => {
            const next = new Set(ticked);
            if (isTicked) next.add(order.id);
            else next.delete(order.id);
            setTicked(next);
          }}
        />
      ),
  };

  return (
    <>
      <PageTitle title={t('nav.orders')}>
        <ExportButton request={() => exportOrders(filters, language)} name="orders" />
      </PageTitle>
      <TabLinks
        label={t('ordersAdmin.status')}
        tabs={['', ...statuses].map((status) => ({
          href: getHref({ status }),
          label: status === '' ? t('listing.all') : t(`order.status.${status as Order['status']}`),
          isCurrent: filters.status === status,
          count: status === '' ? undefined : counts[status as Order['status']],
        }))}
      />
      <MoneyFilters
        search={t('ordersAdmin.search')}
        filters={filters}
        count={orders.data && t('ordersAdmin.count', { count: showTotal(orders.data.total) })}
        onChange={change}
      />
      {filters.userId && (
        <div className="mb-4">
          <Notice>
            {t('ordersAdmin.ofUser', { id: filters.userId })}{' '}
            <Link to={getHref({ userId: '' })} className="font-semibold text-ink underline underline-offset-4">
              {t('ordersAdmin.ofEveryone')}
            </Link>
          </Notice>
        </div>
      )}
      <ShipOrders
        orders={chosen}
        all={shippable}
        isShown={filters.status === 'CONFIRMED' || chosen.length > 0}
        onTick={(picked) => setTicked(new Set(picked.map(({ id }) => id)))}
      />
      <PagedTable
        label={t('nav.orders')}
        list={orders}
        columns={shippable.length > 0 ? [tick, ...columns] : columns}
        getKey={({ id }) => id}
        getHref={({ id }) => paths.admin.order.getHref(id)}
        getPageHref={(page) => getHref({ page })}
        empty={
          <NoneFound
            title={t(hasFilters ? 'ordersAdmin.none' : 'ordersAdmin.empty')}
            clearHref={hasFilters && clearHref}
          />
        }
      />
    </>
  );
}

const columnsOf = (t: AdminTranslate): Column<Order>[] => [
  {
    id: 'number',
    header: t('order.number'),
    isRowHeader: true,
    render: ({ orderNumber }) => <OrderNumber>{orderNumber}</OrderNumber>,
  },
  {
    id: 'status',
    header: t('ordersAdmin.status'),
    onCard: 'aside',
    render: (order) => <OrderStatusBadge {...order} />,
  },
  {
    id: 'items',
    header: t('ordersAdmin.items'),
    render: ({ items: [first, ...others] }) => (
      <span className="line-clamp-1">
        {others.length > 0
          ? t('orders.andMore', { first: first?.productName ?? '', count: others.length })
          : first?.productName}
      </span>
    ),
  },
  {
    id: 'customer',
    header: t('ordersAdmin.customer'),
    render: ({ email, recipient, bankAccount }) => (
      <span className="line-clamp-1 break-all md:min-w-14">
        {recipient?.name ?? bankAccount?.depositorName ?? email}
        {recipient && <span className="text-ink-faint max-2xl:hidden"> {email}</span>}
      </span>
    ),
  },
  {
    id: 'method',
    header: t('ordersAdmin.method'),
    render: ({ paymentMethod }) => <span className="whitespace-nowrap">{t(`order.method.${paymentMethod}`)}</span>,
  },
  {
    id: 'placed',
    header: t('ordersAdmin.placed'),
    render: ({ createdAt }) => <Timestamp at={createdAt} />,
  },
  {
    id: 'total',
    header: t('ordersAdmin.total'),
    align: 'end',
    render: ({ totalPrice }) => (
      <strong className="whitespace-nowrap">
        <Price amount={totalPrice} />
      </strong>
    ),
  },
];

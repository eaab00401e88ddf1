import type { Column } from '@/components/ui/data-table';
import { ExportButton } from '@/components/ui/export-button';
import { MoneyFilters } from '@/components/ui/money-filters';
import { NoneFound } from '@/components/ui/none-found';
import { OrderNumber } from '@/components/ui/order-number';
import { PagedTable } from '@/components/ui/paged-table';
import { PageTitle } from '@/components/ui/page-title';
import { Price } from '@/components/ui/price';
import { TabLinks } from '@/components/ui/tab-links';
import { Timestamp } from '@/components/ui/timestamp';
import { paths } from '@/config/paths';
import { adminWords, type AdminKey, type AdminTranslate } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { showTotal } from '@/lib/long-list';
import { useListAddress } from '@/lib/use-list-address';
import type { Payment } from '@/types/api';
import { exportPayments } from '../api/export-payments';
import { usePayments } from '../api/get-payments';
import { filterKeys, statuses } from '../payment-filters';
import { Payer } from './payer';
import { PaymentStatusBadge } from './payment-status-badge';

const statusLabels: Record<'' | Payment['status'], AdminKey> = {
  '': 'listing.all',
  PENDING: 'payments.status.PENDING',
  COMPLETED: 'payments.status.COMPLETED',
  FAILED: 'payments.status.FAILED',
  REFUNDED: 'payments.status.REFUNDED',
};

/** All payments: what came, how, what went back, and for which order. */
export function PaymentList() {
  const { t, language } = useTranslate(adminWords);
  const { filters, page, hasFilters, getHref, change, clearHref } = useListAddress(filterKeys);
  const payments = usePayments(filters, page);
  return (
    <>
      <PageTitle title={t('nav.payments')}>
        <ExportButton request={() => exportPayments(filters, language)} name="payments" />
      </PageTitle>
      <TabLinks
        label={t('payments.status')}
        tabs={(['', ...statuses] as const).map((status) => ({
          href: getHref({ status }),
          label: t(statusLabels[status]),
          isCurrent: filters.status === status,
        }))}
      />
      <MoneyFilters
        search={t('payments.search')}
        filters={filters}
        count={payments.data && t('payments.count', { count: showTotal(payments.data.total) })}
        onChange={change}
      />
      <PagedTable
        label={t('nav.payments')}
        list={payments}
        columns={columnsOf(t)}
        getKey={({ id }) => id}
        getHref={({ orderId }) => paths.admin.order.getHref(orderId)}
        getPageHref={(page) => getHref({ page })}
        empty={
          <NoneFound title={t(hasFilters ? 'payments.none' : 'payments.empty')} clearHref={hasFilters && clearHref} />
        }
      />
    </>
  );
}

const columnsOf = (t: AdminTranslate): Column<Payment>[] => [
  {
    id: 'number',
    header: t('order.number'),
    isRowHeader: true,
    render: ({ orderNumber }) => <OrderNumber>{orderNumber}</OrderNumber>,
  },
  {
    id: 'status',
    header: t('payments.status'),
    onCard: 'aside',
    render: (payment) => <PaymentStatusBadge payment={payment} />,
  },
  {
    id: 'method',
    header: t('ordersAdmin.method'),
    render: (payment) => <Payer {...payment} />,
  },
  {
    id: 'begun',
    header: t('payments.begun'),
    render: ({ createdAt }) => <Timestamp at={createdAt} />,
  },
  {
    id: 'amount',
    header: t('payments.amount'),
    align: 'end',
    render: ({ amount }) => (
      <strong className="whitespace-nowrap">
        <Price amount={amount} />
      </strong>
    ),
  },
  {
    id: 'refunded',
    header: t('payments.refunded'),
    align: 'end',
    render: ({ refundedAmount }) =>
      refundedAmount > 0 ? (
        <span className="whitespace-nowrap">
          <Price amount={refundedAmount} />
        </span>
      ) : (
        <span className="text-ink-faint">{t('listing.nothing')}</span>
      ),
  },
];

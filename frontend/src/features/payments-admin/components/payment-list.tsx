import { Link } from 'react-router';
import type { Column } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { ExportButton } from '@/components/ui/export-button';
import { ListFilters, ListSearch } from '@/components/ui/list-filters';
import { PagedTable } from '@/components/ui/paged-table';
import { PageTitle } from '@/components/ui/page-title';
import { PeriodFilter } from '@/components/ui/period-filter';
import { Price } from '@/components/ui/price';
import { Select } from '@/components/ui/select';
import { TabLinks } from '@/components/ui/tab-links';
import { paths } from '@/config/paths';
import { formatTimestamp } from '@/lib/dates';
import { useAdminTranslate, type AdminKey, type AdminTranslate } from '@/lib/i18n/admin/translate';
import type { Language } from '@/lib/i18n/language';
import { useTranslate, type Translate } from '@/lib/i18n/translate';
import { useListAddress } from '@/lib/use-list-address';
import type { Payment } from '@/types/api';
import { exportPayments } from '../api/export-payments';
import { usePayments } from '../api/get-payments';
import { filterKeys, methods, statuses } from '../payment-filters';
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
  const t = useAdminTranslate();
  const { t: tShop, language } = useTranslate();
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
      <ListFilters label={t('listing.filters')}>
        <ListSearch label={t('payments.search')} value={filters.q} onChange={(q) => change({ q })} />
        <Select
          compact
          label={t('ordersAdmin.method')}
          value={filters.method}
          choices={[
            { value: '', label: t('ordersAdmin.anyMethod') },
            ...methods.map((method) => ({ value: method, label: tShop(`order.method.${method}`) })),
          ]}
          onChange={(method) => change({ method })}
        />
        <PeriodFilter
          fromLabel={t('listing.from')}
          toLabel={t('listing.to')}
          from={filters.from}
          to={filters.to}
          onChange={change}
        />
      </ListFilters>
      <PagedTable
        label={t('nav.payments')}
        list={payments}
        columns={columnsOf(t, tShop, language)}
        getKey={({ id }) => id}
        getHref={({ orderId }) => paths.admin.order.getHref(orderId)}
        getPageHref={(page) => getHref({ page })}
        empty={
          hasFilters ? (
            <EmptyState title={t('payments.none')}>
              <Link to={clearHref} className="font-semibold underline underline-offset-4">
                {t('listing.clear')}
              </Link>
            </EmptyState>
          ) : (
            <EmptyState title={t('payments.empty')} />
          )
        }
      />
    </>
  );
}

const columnsOf = (t: AdminTranslate, tShop: Translate, language: Language): Column<Payment>[] => [
  {
    id: 'number',
    header: tShop('order.number'),
    isRowHeader: true,
    render: ({ orderNumber }) => (
      <span className="text-[13px] break-all tabular-nums md:text-sm md:whitespace-nowrap">{orderNumber}</span>
    ),
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
    render: ({ method, depositorName }) => (
      <span className="whitespace-nowrap">
        {tShop(`order.method.${method}`)}
        {depositorName && <span className="text-ink-faint"> · {depositorName}</span>}
      </span>
    ),
  },
  {
    id: 'begun',
    header: t('payments.begun'),
    render: ({ createdAt }) => (
      <time dateTime={createdAt} className="whitespace-nowrap tabular-nums">
        {formatTimestamp(createdAt, language)}
      </time>
    ),
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

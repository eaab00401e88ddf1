import type { Column } from '@/components/ui/data-table';
import { RowActions } from '@/components/ui/data-table';
import { NoneFound } from '@/components/ui/none-found';
import { OrderNumber } from '@/components/ui/order-number';
import { PagedTable } from '@/components/ui/paged-table';
import { PageTitle } from '@/components/ui/page-title';
import { Price } from '@/components/ui/price';
import { TabLinks } from '@/components/ui/tab-links';
import { Timestamp } from '@/components/ui/timestamp';
import { paths } from '@/config/paths';
import { useServiceReason } from '@/lib/i18n/admin/service-reason';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { oneOf, useListAddress } from '@/lib/use-list-address';
import type { Refund } from '@/types/api';
import { useRefunds, type RefundFilter } from '../api/get-refunds';
import { MarkTransferred } from './mark-transferred';
import { Payer } from './payer';
import { RetryRefund } from './retry-refund';
import { RefundStatusBadge } from './refund-status-badge';
import { SettleRefund } from './settle-refund';

const views = ['', 'REFUSED', 'PENDING', 'COMPLETED', 'ALL'] as const;

const labels: Record<(typeof views)[number], AdminKey> = {
  '': 'refund.status.TO_TRANSFER',
  REFUSED: 'refund.status.FAILED',
  PENDING: 'refund.status.PENDING',
  COMPLETED: 'refund.status.COMPLETED',
  ALL: 'listing.all',
};

/** Refunds: first those that wait for somebody, to be transferred by hand or because Toss refused them. */
export function RefundList() {
  const { t } = useTranslate(adminWords);
  const reasonOf = useServiceReason();
  const { filters, page, getHref } = useListAddress(['status']);
  const view = oneOf(views, filters.status) ?? '';
  const refunds = useRefunds(filterOf(view), page);
  const waiting = { '': useRefunds(filterOf(''), 1), REFUSED: useRefunds(filterOf('REFUSED'), 1) };

  const columns: Column<Refund>[] = [
    {
      id: 'number',
      header: t('order.number'),
      isRowHeader: true,
      render: ({ orderNumber }) => <OrderNumber>{orderNumber ?? t('listing.nothing')}</OrderNumber>,
    },
    {
      id: 'status',
      header: t('payments.status'),
      onCard: 'aside',
      render: ({ status }) => <RefundStatusBadge status={status} />,
    },
    {
      id: 'to',
      header: t('refund.to'),
      render: (refund) => <Payer {...refund} />,
    },
    {
      id: 'reason',
      header: t('refund.reason'),
      render: ({ reason, tossMessage, settledReason }) => (
        <>
          {reason ? reasonOf(reason) : t('listing.nothing')}
          {tossMessage && <span className="block text-danger">{tossMessage}</span>}
          {settledReason && <span className="block">{t('refund.settled', { reason: settledReason })}</span>}
        </>
      ),
    },
    {
      id: 'begun',
      header: t('refund.begun'),
      render: ({ createdAt }) => <Timestamp at={createdAt} />,
    },
    {
      id: 'amount',
      header: t('refund.amount'),
      align: 'end',
      render: ({ amount }) => (
        <strong className="whitespace-nowrap">
          <Price amount={amount} />
        </strong>
      ),
    },
    {
      id: 'actions',
      header: t('listing.actions'),
      align: 'end',
      render: (refund) => (
        <RowActions>
          {refund.status === 'TO_TRANSFER' && <MarkTransferred refund={refund} />}
          {view === 'REFUSED' && <RetryRefund refund={refund} />}
          {view === 'REFUSED' && <SettleRefund refund={refund} />}
        </RowActions>
      ),
    },
  ];

  return (
    <>
      <PageTitle title={t('nav.refunds')} />
      <p className="-mt-2 mb-4 text-sm text-ink-soft">{t('refund.text')}</p>
      <TabLinks
        label={t('payments.status')}
        tabs={views.map((status) => ({
          href: getHref({ status }),
          label: t(labels[status]),
          isCurrent: status === view,
          count: status === '' || status === 'REFUSED' ? waiting[status].data?.total : undefined,
        }))}
      />
      <PagedTable
        label={t('nav.refunds')}
        list={refunds}
        columns={view === '' ? columns.filter(({ id }) => id !== 'status') : columns}
        getKey={({ id }) => id}
        getHref={({ orderId }) => (orderId ? paths.admin.order.getHref(orderId) : '')}
        getPageHref={(page) => getHref({ page })}
        empty={<NoneFound title={t(none[view] ?? 'refund.none')} />}
      />
    </>
  );
}

const none: Partial<Record<(typeof views)[number], AdminKey>> = {
  '': 'refund.nothingToTransfer',
  REFUSED: 'refund.noneRefused',
};

function filterOf(view: (typeof views)[number]): RefundFilter {
  if (view === 'ALL') return {};
  if (view === 'REFUSED') return { refused: true };
  return { status: view === '' ? 'TO_TRANSFER' : view };
}

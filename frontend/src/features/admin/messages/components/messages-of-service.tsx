import { useId } from 'react';
import type { Service } from '@/api/messages';
import type { Column } from '@/components/ui/data-table';
import { PagedTable } from '@/components/ui/paged-table';
import { Timestamp } from '@/components/ui/timestamp';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { OutboxMessage, OutboxStatus } from '@/types/api';
import { useMessages } from '../api/get-messages';
import { RetryMessage } from './retry-message';

const names: Record<Service, AdminKey> = { orders: 'messages.orders', payments: 'messages.payments' };

const kinds: Record<string, AdminKey> = {
  'return-stock': 'messages.kind.returnStock',
  'settle-card': 'messages.kind.settleCard',
  'release-hold': 'messages.kind.releaseHold',
  'order-paid': 'messages.kind.orderPaid',
  refund: 'messages.kind.refund',
  'refund-rest': 'messages.kind.refundRest',
};

const emptyTexts: Record<OutboxStatus, AdminKey> = {
  DEAD: 'messages.empty.DEAD',
  PENDING: 'messages.empty.PENDING',
  DONE: 'messages.empty.DONE',
};

type MessagesOfServiceProps = {
  service: Service;
  status: OutboxStatus;
  page: number;
  getPageHref: (page: number) => string;
};

/** What one service owes others. */
export function MessagesOfService({ service, status, page, getPageHref }: MessagesOfServiceProps) {
  const { t } = useTranslate(adminWords);
  const id = useId();
  const messages = useMessages(service, status, page);

  const time = (at: string | null | undefined) => (at ? <Timestamp at={at} /> : t('listing.nothing'));

  const columns: Column<OutboxMessage>[] = [
    {
      id: 'kind',
      header: t('messages.kind'),
      isRowHeader: true,
      render: ({ type, key }) => (
        <>
          <strong>{kinds[type] ? t(kinds[type]) : type}</strong>
          <span className="block text-[13px] font-normal break-all text-ink-faint">{[type, key].join(' · ')}</span>
        </>
      ),
    },
    {
      id: 'attempts',
      header: t('messages.attempts'),
      align: 'end',
      render: ({ attempts }) => t('messages.times', { count: attempts }),
    },
    ...(status === 'DONE'
      ? []
      : [
          {
            id: 'error',
            header: t('messages.lastError'),
            render: ({ lastError }: OutboxMessage) => (
              <span className="[overflow-wrap:anywhere]">{lastError ?? t('listing.nothing')}</span>
            ),
          },
        ]),
    { id: 'created', header: t('messages.created'), render: ({ createdAt }) => time(createdAt) },
    status === 'PENDING'
      ? { id: 'next', header: t('messages.next'), render: ({ nextAttemptAt }) => time(nextAttemptAt) }
      : {
          id: 'done',
          header: t(status === 'DEAD' ? 'messages.deadSince' : 'messages.doneAt'),
          render: ({ doneAt }) => time(doneAt),
        },
    ...(status === 'DEAD'
      ? [
          {
            id: 'actions',
            header: t('listing.actions'),
            align: 'end' as const,
            render: (message: OutboxMessage) => <RetryMessage service={service} message={message} />,
          },
        ]
      : []),
  ];

  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="mb-2 font-bold">
        {t(names[service])}
      </h2>
      <PagedTable
        label={t(names[service])}
        list={messages}
        columns={columns}
        getKey={(message) => message.id}
        getPageHref={getPageHref}
        empty={
          <p className="rounded-xl border border-line px-4 py-6 text-center text-sm text-ink-soft">
            {t(emptyTexts[status])}
          </p>
        }
      />
    </section>
  );
}

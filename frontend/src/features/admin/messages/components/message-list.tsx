import { services } from '@/api/messages';
import { TabLinks } from '@/components/ui/tab-links';
import { PageTitle } from '@/components/ui/page-title';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { parsePage } from '@/lib/pages';
import { oneOf, useListAddress } from '@/lib/use-list-address';
import type { OutboxStatus } from '@/types/api';
import { statuses, useMessages } from '../api/get-messages';
import { MessagesOfService } from './messages-of-service';
import { SetAsideEvents } from './set-aside-events';

const labels: Record<OutboxStatus, AdminKey> = {
  DEAD: 'messages.status.DEAD',
  PENDING: 'messages.status.PENDING',
  DONE: 'messages.status.DONE',
};

const pageKeys = { orders: 'ordersPage', payments: 'paymentsPage' } as const;

/** What the services owe each other: what got stuck first. */
export function MessageList() {
  const { t } = useTranslate(adminWords);
  const { filters, getHref } = useListAddress(['status', 'ordersPage', 'paymentsPage', 'eventsPage']);
  const status = oneOf(statuses, filters.status) ?? 'DEAD';
  const counts = { DEAD: useTotal('DEAD'), PENDING: useTotal('PENDING'), DONE: undefined };
  return (
    <>
      <PageTitle title={t('nav.messages')} />
      <p className="-mt-2 mb-4 text-sm text-ink-soft">{t('messages.text')}</p>
      <TabLinks
        label={t('messages.status')}
        tabs={statuses.map((candidate) => ({
          href: getHref({
            status: candidate === 'DEAD' ? '' : candidate,
            ordersPage: '',
            paymentsPage: '',
            eventsPage: '',
          }),
          label: t(labels[candidate]),
          isCurrent: candidate === status,
          count: counts[candidate],
        }))}
      />
      <div className="flex flex-col gap-8">
        {services.map((service) => (
          <MessagesOfService
            key={service}
            service={service}
            status={status}
            page={parsePage(filters[pageKeys[service]])}
            getPageHref={(page) => getHref({ [pageKeys[service]]: page > 1 ? String(page) : '' })}
          />
        ))}
        {status === 'DEAD' && (
          <SetAsideEvents
            page={parsePage(filters.eventsPage)}
            getPageHref={(page) => getHref({ eventsPage: page > 1 ? String(page) : '' })}
          />
        )}
      </div>
    </>
  );
}

/** How many messages of both services are in a status, as far as that is known. */
function useTotal(status: OutboxStatus): number | undefined {
  const orders = useMessages('orders', status, 1).data?.total;
  const payments = useMessages('payments', status, 1).data?.total;
  return orders !== undefined && payments !== undefined ? orders + payments : undefined;
}

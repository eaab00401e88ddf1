import { Button } from '@/components/ui/button';
import { RowActions, type Column } from '@/components/ui/data-table';
import { PagedTable } from '@/components/ui/paged-table';
import { Timestamp } from '@/components/ui/timestamp';
import { adminWords } from '@/lib/i18n/admin/words';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import type { SetAsideEvent } from '@/types/api';
import { useSetAsideEvents } from '../api/get-set-aside-events';
import { useRetrySetAsideEvent } from '../api/retry-set-aside-event';

type SetAsideEventsProps = { page: number; getPageHref: (page: number) => string };

/** What has happened to orders and the payment service does not understand. Seldom there is any. */
export function SetAsideEvents({ page, getPageHref }: SetAsideEventsProps) {
  const { t } = useTranslate(adminWords);
  const events = useSetAsideEvents(page);
  if (events.isPending || events.data?.total === 0) return null;

  const columns: Column<SetAsideEvent>[] = [
    {
      id: 'what',
      header: t('messages.kind'),
      isRowHeader: true,
      render: ({ type, orderNumber }) => (
        <>
          <strong className="break-all">{type}</strong>
          <span className="block text-[13px] font-normal break-all text-ink-faint">{orderNumber}</span>
        </>
      ),
    },
    {
      id: 'why',
      header: t('setAside.why'),
      render: ({ why, isBehind }) => (
        <span className="[overflow-wrap:anywhere]">
          {isBehind ? t('setAside.behind') : (why ?? t('listing.nothing'))}
        </span>
      ),
    },
    { id: 'occurred', header: t('setAside.occurred'), render: ({ occurredAt }) => <Timestamp at={occurredAt} /> },
    { id: 'since', header: t('setAside.since'), render: ({ setAsideAt }) => <Timestamp at={setAsideAt} /> },
    {
      id: 'actions',
      header: t('listing.actions'),
      align: 'end',
      render: ({ position }) => <Retry position={position} />,
    },
  ];

  return (
    <section aria-labelledby="set-aside">
      <h2 id="set-aside" className="mb-2 font-bold">
        {t('setAside.title')}
      </h2>
      <p className="mb-2 text-sm text-ink-soft">{t('setAside.text')}</p>
      <PagedTable
        label={t('setAside.title')}
        list={events}
        columns={columns}
        getKey={({ position }) => position}
        getPageHref={getPageHref}
        empty={null}
      />
    </section>
  );
}

function Retry({ position }: { position: number }) {
  const { t } = useTranslate(adminWords);
  const showToast = useToasts((toasts) => toasts.show);
  const retry = useRetrySetAsideEvent();
  return (
    <RowActions>
      <Button
        size="small"
        variant="secondary"
        isDisabled={retry.isPending}
        onPress={() =>
          retry.mutate(position, {
            onSuccess: () => showToast({ text: t('setAside.done') }),
            onError: (error) => {
              const problem = toApiError(error);
              showToast({
                text: problem.code === 'not_understood' ? t('setAside.notUnderstood') : problemMessage(problem, t),
              });
            },
          })
        }
      >
        {t('setAside.retry')}
      </Button>
    </RowActions>
  );
}

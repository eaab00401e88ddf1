import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { deadMessageCountQuery } from '@/api/messages';
import { latestReconciliationQuery } from '@/api/payments';
import { ChevronRightIcon } from '@/components/ui/icons';
import { Skeleton } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon, sumAmounts } from '@/lib/money';
import { toApiError } from '@/lib/problem';
import { useNow } from '@/lib/use-now';
import { lowStock, useLowStock } from '../api/get-low-stock';
import { useRefundsToTransfer, useRefusedRefunds } from '../api/get-open-refunds';
import { useSetAsideEvents } from '../api/get-set-aside-events';
import { useUnpaidDeposits } from '../api/get-unpaid-deposits';
import { isDueSoon } from '../due-soon';

/** What waits for somebody, each with the page where it is done. */
export function ToDo() {
  const { t, language } = useTranslate(adminWords);
  const now = useNow(60_000);
  const deposits = useUnpaidDeposits();
  const refunds = useRefundsToTransfer();
  const refused = useRefusedRefunds();
  const messages = useQuery(deadMessageCountQuery);
  const products = useLowStock();
  const lastNight = useQuery(latestReconciliationQuery);
  const setAside = useSetAsideEvents();

  const unpaid = deposits.data?.items ?? [];
  const sum = formatWon(sumAmounts(unpaid.map(({ totalPrice }) => totalPrice)), language);
  const dueSoon = unpaid.filter((order) => isDueSoon(order, now)).length;
  const isAll = unpaid.length === deposits.data?.total;
  return (
    <ul aria-label={t('today.toDo')} className="grid grid-cols-1 gap-3 sm:grid-cols-2 sm:gap-4 xl:grid-cols-4">
      <Task
        name="today.deposits"
        query={deposits}
        count={deposits.data?.total}
        note={
          dueSoon > 0
            ? t('today.depositsDue', { sum, count: dueSoon })
            : t(isAll ? 'today.depositsSum' : 'today.depositsFirst', { sum, count: unpaid.length })
        }
        href={paths.admin.deposits.getHref()}
      />
      <Task
        name="today.refunds"
        query={refunds}
        count={refunds.data}
        note={t('today.refundsNote')}
        href={paths.admin.refunds.getHref()}
      />
      {/* Seldom there is any. */}
      {!!refused.data && (
        <Task
          name="today.refused"
          query={refused}
          count={refused.data}
          note={t('today.refusedNote')}
          href={paths.admin.refunds.getHref('status=REFUSED')}
        />
      )}
      <Task
        name="today.messages"
        query={messages}
        count={messages.data}
        note={t('today.messagesNote')}
        href={paths.admin.messages.getHref()}
      />
      {!!setAside.data && (
        <Task
          name="today.setAside"
          query={setAside}
          count={setAside.data}
          note={t('today.setAsideNote')}
          href={paths.admin.messages.getHref()}
        />
      )}
      {!!lastNight.data?.complete?.differences && (
        <Task
          name="today.differences"
          query={lastNight}
          count={lastNight.data.complete.differences}
          note={t('today.differencesNote')}
          href={paths.admin.reconciliation.getHref()}
        />
      )}
      {lastNight.data?.failed && (
        <Task
          name="today.notCompared"
          query={lastNight}
          count={1}
          note={t('today.notComparedNote')}
          href={paths.admin.reconciliation.getHref()}
        />
      )}
      <Task
        name="today.lowStock"
        query={products}
        count={products.data?.total}
        note={t('today.lowStockNote', { count: lowStock })}
        href={paths.admin.products.getHref(`stockBelow=${lowStock}&sort=stock`)}
      />
    </ul>
  );
}

type TaskProps = {
  name: AdminKey;
  query: UseQueryResult;
  count: number | undefined;
  /** More about it, when there is something to do. */
  note: string;
  href: string;
};

function Task({ name, query, count, note, href }: TaskProps) {
  const { t } = useTranslate(adminWords);
  const waits = count !== undefined && count > 0;
  return (
    <li
      className={`relative flex items-center gap-2 rounded-xl p-4 ${waits ? 'bg-caution-wash' : 'border border-line bg-raised'}`}
    >
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline justify-between gap-3">
          <Link to={href} className="text-sm font-semibold after:absolute after:inset-0 after:rounded-xl">
            {t(name)}
          </Link>
          {count !== undefined && (
            <strong className={`text-lg tabular-nums ${waits ? 'text-caution' : 'text-ink-soft'}`}>
              {t('today.count', { count })}
            </strong>
          )}
          {query.isPending && <Skeleton className="h-6 w-10" />}
        </div>
        {query.isError && count === undefined ? (
          <p role="alert" className="text-[13px] text-danger">
            {problemMessage(toApiError(query.error), t)}
          </p>
        ) : (
          <p className="truncate text-[13px] text-ink-soft">{waits ? note : t('today.nothing')}</p>
        )}
      </div>
      <span className="text-ink-faint">
        <ChevronRightIcon />
      </span>
    </li>
  );
}

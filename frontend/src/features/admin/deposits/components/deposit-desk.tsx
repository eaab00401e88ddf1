import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { EmptyState } from '@/components/ui/empty-state';
import { LoadError } from '@/components/ui/load-error';
import { Notice } from '@/components/ui/notice';
import { PageTitle } from '@/components/ui/page-title';
import { Skeleton } from '@/components/ui/skeleton';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import { useQueue } from '../api/get-queue';
import { matches, wordsOf } from '../match';
import { useDesk } from '../use-desk';
import { ConfirmedDeposits } from './confirmed-deposits';
import { DepositRow } from './deposit-row';
import { DepositSearch } from './deposit-search';
import { OtherDepositDialog } from './other-deposit-dialog';

/** Bank transfers that have not come, to be ticked off against the bank statement with the keyboard alone. */
export function DepositDesk() {
  const { t, language } = useTranslate(adminWords);
  const [params, setParams] = useSearchParams();
  const asked = params.get('q')?.trim().slice(0, 100) ?? '';
  const [typed, setTyped] = useState(asked);
  const [shown, setShown] = useState(asked);
  // A link that leads here says whose deposit it is about; what is typed then counts instead.
  if (asked !== shown) {
    setShown(asked);
    if (asked) setTyped(asked);
  }
  const field = useRef<HTMLInputElement>(null);
  const [active, setActive] = useState<number | null>(null);
  const [differing, setDiffering] = useState<number | null>(null);

  const everything = useQueue('');
  // What is not on the first page is for order-svc to find.
  const isLong = everything.data !== undefined && everything.data.total > everything.data.items.length;
  const queue = useQueue(isLong ? (wordsOf(typed)[0] ?? '') : '');
  const desk = useDesk();

  const waiting = (queue.data?.items ?? []).filter((order) => !desk.isDone(order));
  const found = waiting.filter((order) => matches(order, typed));
  // The only match needs no choosing.
  const chosen =
    found.find(({ id }) => id === active) ?? (wordsOf(typed).length > 0 && found.length === 1 ? found[0] : undefined);
  const differingOrder = waiting.find(({ id }) => id === differing);

  const search = (text: string) => {
    setTyped(text);
    setActive(null);
    if (asked) setParams({}, { replace: true, preventScrollReset: true });
  };
  const step = (by: 1 | -1) => {
    const at = chosen ? found.indexOf(chosen) + by : by > 0 ? 0 : found.length - 1;
    setActive(found[Math.min(Math.max(at, 0), found.length - 1)]?.id ?? null);
  };
  const confirm = (order = chosen) => {
    if (!order) return;
    desk.confirm(order);
    search('');
  };

  return (
    <>
      <PageTitle title={t('nav.deposits')}>
        {everything.data && (
          <p className="text-sm text-ink-soft tabular-nums">
            {t('deposits.waiting', { count: everything.data.total - everything.data.items.filter(desk.isDone).length })}
          </p>
        )}
      </PageTitle>
      <DepositSearch
        inputRef={field}
        value={typed}
        onChange={search}
        onStep={step}
        onConfirm={() => confirm()}
        onUndo={desk.undoLast}
        announcement={
          chosen
            ? t('deposits.announce', {
                at: found.indexOf(chosen) + 1,
                count: found.length,
                name: chosen.bankAccount?.depositorName ?? t('listing.nothing'),
                amount: formatWon(chosen.totalPrice, language),
              })
            : t('deposits.found', { count: found.length })
        }
      />
      <ConfirmedDeposits confirmed={desk.confirmed} isUndoing={desk.isUndoing} onUndo={desk.undo} />
      {desk.problem && (
        <div className="mb-3">
          <Notice tone="danger">{desk.problem}</Notice>
        </div>
      )}
      {queue.isPending && (
        <div role="status" aria-label={t('loading')} className="flex flex-col gap-2">
          {Array.from({ length: 5 }, (_, index) => (
            <Skeleton key={index} className="h-20 rounded-xl" />
          ))}
        </div>
      )}
      {queue.isError && !queue.data && <LoadError error={queue.error} onRetry={() => void queue.refetch()} />}
      {queue.data &&
        (found.length > 0 ? (
          <ul aria-label={t('deposits.list')} className="flex flex-col gap-2">
            {found.map((order) => (
              <DepositRow
                key={order.id}
                order={order}
                isActive={order === chosen}
                onConfirm={() => confirm(order)}
                onDiffer={() => setDiffering(order.id)}
              />
            ))}
          </ul>
        ) : (
          <EmptyState
            title={t(waiting.length === 0 && !typed ? 'deposits.empty' : 'deposits.none')}
            text={t(waiting.length === 0 && !typed ? 'deposits.emptyText' : 'deposits.noneText')}
          />
        ))}
      {isLong && !typed && (
        <p className="py-4 text-center text-sm text-ink-faint">{t('deposits.more', { count: found.length })}</p>
      )}
      {differingOrder && (
        <OtherDepositDialog
          order={differingOrder}
          onConfirmed={(payment) => {
            desk.note(differingOrder, payment);
            setDiffering(null);
            search('');
            // The button that opened the dialog went with its row; the next deposit begins at the search.
            requestAnimationFrame(() => field.current?.focus());
          }}
          onClose={() => setDiffering(null)}
        />
      )}
    </>
  );
}

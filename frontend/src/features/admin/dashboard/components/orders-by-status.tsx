import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from 'react-router';
import { LoadError } from '@/components/ui/load-error';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate, type MessageKey } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import type { OrderStatus } from '@/types/api';
import type { SalesStatistics } from '../api/get-statistics';

const statuses: { status: OrderStatus; label: MessageKey; bar: string }[] = [
  { status: 'PENDING', label: 'order.status.PENDING', bar: 'bg-caution' },
  { status: 'CONFIRMED', label: 'order.status.CONFIRMED', bar: 'bg-accent' },
  { status: 'SHIPPING', label: 'order.status.SHIPPING', bar: 'bg-accent' },
  { status: 'DELIVERED', label: 'order.status.DELIVERED', bar: 'bg-accent' },
  { status: 'CANCELLED', label: 'order.status.CANCELLED', bar: 'bg-line-strong' },
];

/** Where the orders of the period are now. */
export function OrdersByStatus({ statistics }: { statistics: UseQueryResult<SalesStatistics> }) {
  const { t, language } = useTranslate(adminWords);
  const { data } = statistics;
  const all = data?.byStatus.reduce((sum, { orders }) => sum + orders, 0) ?? 0;
  return (
    <Panel title={t('today.byStatus')}>
      {!data && statistics.isError && <LoadError error={statistics.error} onRetry={() => void statistics.refetch()} />}
      {!data && statistics.isPending && <Skeleton className="h-74" />}
      {data && (
        <ul className="flex flex-col">
          {statuses.map(({ status, label, bar }) => {
            const { orders, total } = data.byStatus.find((found) => found.status === status) ?? { orders: 0, total: 0 };
            const query = new URLSearchParams({ status, from: data.from, to: data.to });
            return (
              <li key={status} className="relative -mx-2 rounded-lg px-2 py-2.5 hover:bg-surface">
                <div className="flex items-baseline justify-between gap-3">
                  <Link
                    to={paths.admin.orders.getHref(query.toString())}
                    className="text-[15px] after:absolute after:inset-0 after:rounded-lg"
                  >
                    {t(label)}
                  </Link>
                  <span className="tabular-nums">
                    <span className="mr-3 text-[13px] text-ink-faint">{formatWon(total, language)}</span>
                    <strong>{t('today.count', { count: orders })}</strong>
                  </span>
                </div>
                <div aria-hidden="true" className="mt-1.5 h-1.5 overflow-hidden rounded-full bg-surface">
                  <div className={`h-full ${bar}`} style={{ width: `${all ? (orders / all) * 100 : 0}%` }} />
                </div>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

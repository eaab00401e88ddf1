import type { UseQueryResult } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link } from 'react-router';
import { LoadError } from '@/components/ui/load-error';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { formatDay } from '@/lib/dates';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import type { SalesStatistics } from '../api/get-statistics';
import { spans, type Span } from '../period';

// The chart library is bigger than the page.
const SalesChart = lazy(() => import('./sales-chart'));

type SalesPanelProps = { span: Span; statistics: UseQueryResult<SalesStatistics> };

/** Sales day by day: a chart for the eye, and the same as a table. */
export function SalesPanel({ span, statistics }: SalesPanelProps) {
  const { t, language } = useTranslate(adminWords);
  const { data } = statistics;
  return (
    <Panel title={t('today.salesByDay')} aside={<SpanLinks span={span} />}>
      {!data && statistics.isError && <LoadError error={statistics.error} onRetry={() => void statistics.refetch()} />}
      {!data && statistics.isPending && <Skeleton className="h-74" />}
      {data && (
        <div className={statistics.isPlaceholderData ? 'opacity-55' : ''}>
          <p className="flex flex-wrap items-baseline gap-x-3">
            <strong className="text-2xl tracking-tight tabular-nums">{formatWon(data.sales, language)}</strong>
            <span className="text-sm text-ink-soft">{t('today.ordersInPeriod', { count: data.orders })}</span>
          </p>
          <div aria-hidden="true" className="mt-3 h-60">
            <Suspense fallback={<Skeleton className="h-60" />}>
              <SalesChart days={data.days} />
            </Suspense>
          </div>
          <DaysTable statistics={data} />
        </div>
      )}
    </Panel>
  );
}

function SpanLinks({ span }: { span: Span }) {
  const { t } = useTranslate(adminWords);
  return (
    <nav aria-label={t('today.period')} className="flex gap-0.5 rounded-lg bg-surface p-0.5">
      {spans.map((days) => (
        <Link
          key={days}
          to={`?days=${days}`}
          preventScrollReset
          aria-current={days === span ? 'true' : undefined}
          className="flex h-8 items-center rounded-md px-3 text-sm text-ink-soft hover:text-ink aria-[current=true]:bg-raised aria-[current=true]:font-bold aria-[current=true]:text-ink aria-[current=true]:ring-1 aria-[current=true]:ring-line"
        >
          {t('today.days', { days })}
        </Link>
      ))}
    </nav>
  );
}

function DaysTable({ statistics }: { statistics: SalesStatistics }) {
  const { t, language } = useTranslate(adminWords);
  return (
    <details className="mt-2 text-sm">
      <summary className="w-fit cursor-pointer py-1 text-ink-soft hover:text-ink">{t('today.asTable')}</summary>
      {/* Scrolls within, and a keyboard must reach what scrolls. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div tabIndex={0} role="group" aria-label={t('today.salesByDay')} className="mt-2 max-h-72 overflow-y-auto">
        <table className="w-full">
          <thead className="sticky top-0 bg-raised text-left text-ink-soft">
            <tr>
              <th className="py-1.5 font-semibold">{t('today.day')}</th>
              <th className="py-1.5 text-right font-semibold">{t('today.ordersColumn')}</th>
              <th className="py-1.5 text-right font-semibold">{t('today.salesColumn')}</th>
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {statistics.days.toReversed().map((day) => (
              <tr key={day.date} className="border-t border-line">
                <th scope="row" className="py-1.5 text-left font-normal">
                  {formatDay(day.date, language)}
                </th>
                <td className="py-1.5 text-right">{t('today.count', { count: day.orders })}</td>
                <td className="py-1.5 text-right">{formatWon(day.sales, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

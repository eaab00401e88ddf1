import { Link } from 'react-router';
import { Skeleton } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import type { DayStatistics } from '../api/get-statistics';

type TodaysFiguresProps = { days: DayStatistics[] | undefined; failed: boolean };

/** Sales and orders of today beside yesterday's. Failures show further down, with a retry. */
export function TodaysFigures({ days, failed }: TodaysFiguresProps) {
  const { t, language } = useTranslate(adminWords);
  const [yesterday, today] = days?.slice(-2) ?? [];
  if (failed && !days) return null;
  const since = (day: DayStatistics | undefined) =>
    paths.admin.orders.getHref(day && new URLSearchParams({ from: day.date, to: day.date }).toString());
  return (
    <dl className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <Figure name="today.sales" value={today && formatWon(today.sales, language)} href={since(today)} strong />
      <Figure
        name="today.orders"
        value={today && t('today.count', { count: today.orders })}
        href={since(today)}
        strong
      />
      <Figure
        name="today.salesYesterday"
        value={yesterday && formatWon(yesterday.sales, language)}
        href={since(yesterday)}
      />
      <Figure
        name="today.ordersYesterday"
        value={yesterday && t('today.count', { count: yesterday.orders })}
        href={since(yesterday)}
      />
    </dl>
  );
}

type FigureProps = { name: AdminKey; value: string | undefined; href: string; strong?: boolean };

function Figure({ name, value, href, strong = false }: FigureProps) {
  const { t } = useTranslate(adminWords);
  return (
    <div className="relative rounded-xl border border-line bg-raised p-4 hover:border-line-strong">
      <dt className="text-sm text-ink-soft">{t(name)}</dt>
      <dd className={`mt-1 text-xl tracking-tight tabular-nums sm:text-2xl ${strong ? 'font-bold' : 'text-ink-soft'}`}>
        {value === undefined ? (
          <Skeleton className="h-8 w-24" />
        ) : (
          <Link to={href} className="after:absolute after:inset-0 after:rounded-xl">
            {value}
          </Link>
        )}
      </dd>
    </div>
  );
}

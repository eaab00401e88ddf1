import { useSearchParams } from 'react-router';
import { PageTitle } from '@/components/ui/page-title';
import { formatDateTime, shopDate } from '@/lib/dates';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { useNow } from '@/lib/use-now';
import { useStatistics } from '../api/get-statistics';
import { firstDay, readSpan } from '../period';
import { BestSellers } from './best-sellers';
import { DueDeposits } from './due-deposits';
import { LowStock } from './low-stock';
import { OrdersByStatus } from './orders-by-status';
import { SalesPanel } from './sales-panel';
import { ToDo } from './to-do';
import { TodaysFigures } from './todays-figures';

/** How the shop does today, and what waits for somebody. */
export function Dashboard() {
  const { t, language } = useTranslate(adminWords);
  const [params] = useSearchParams();
  const now = useNow(60_000);
  const today = shopDate(now);
  const span = readSpan(params);
  const statistics = useStatistics(firstDay(today, span), today);

  return (
    <>
      <PageTitle title={t('today.title')}>
        <p className="text-sm text-ink-faint">{formatDateTime(new Date(now).toISOString(), language)}</p>
      </PageTitle>
      <div className="flex flex-col gap-4">
        <TodaysFigures days={statistics.data?.days} failed={statistics.isError} />
        <ToDo />
        <div className="grid gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <SalesPanel span={span} statistics={statistics} />
          <OrdersByStatus statistics={statistics} />
        </div>
        <div className="grid gap-4 lg:grid-cols-2 xl:grid-cols-3">
          <BestSellers statistics={statistics} />
          <LowStock />
          <DueDeposits />
        </div>
      </div>
    </>
  );
}

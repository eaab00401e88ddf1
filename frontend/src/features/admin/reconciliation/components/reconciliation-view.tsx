import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { LoadError } from '@/components/ui/load-error';
import { Notice } from '@/components/ui/notice';
import { PageTitle } from '@/components/ui/page-title';
import { Skeleton } from '@/components/ui/skeleton';
import { formatDateTime } from '@/lib/dates';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { useReconciliation, type Reconciliation } from '../api/get-reconciliation';
import { readPeriod } from '../period';
import { DifferenceList } from './difference-list';
import { LastNight } from './last-night';
import { PeriodForm } from './period-form';
import { Totals } from './totals';

/** Orders, payments and Toss side by side, and in what they differ. */
export function ReconciliationView() {
  const { t } = useTranslate(adminWords);
  const [params, setParams] = useSearchParams();
  const [openedAt] = useState(Date.now);
  const period = readPeriod(params, openedAt);
  const report = useReconciliation(period);

  return (
    <>
      <PageTitle title={t('reconciliation.title')} />
      <p className="-mt-2 mb-5 text-sm text-ink-soft">{t('reconciliation.text')}</p>
      <LastNight />
      <PeriodForm
        key={`${period.from} ${period.to}`}
        period={period}
        busy={report.isFetching}
        onSubmit={(chosen) => {
          if (chosen.from === period.from && chosen.to === period.to) void report.refetch();
          else setParams(chosen);
        }}
      />
      {report.isFetching ? (
        <div role="status" aria-label={t('loading')} className="mt-6 flex flex-col gap-4">
          <Skeleton className="h-36 rounded-xl" />
          <Skeleton className="h-20 rounded-xl" />
        </div>
      ) : (
        <div role="status" className="mt-6">
          {report.isError && <LoadError error={report.error} onRetry={() => void report.refetch()} />}
          {report.isSuccess && <Report report={report.data} />}
        </div>
      )}
    </>
  );
}

function Report({ report }: { report: Reconciliation }) {
  const { t, language } = useTranslate(adminWords);
  const count = Object.values(report.counts).reduce((sum, ofKind) => sum + ofKind, 0);
  return (
    <div className="flex flex-col gap-8">
      <div>
        <p className="mb-3 text-sm text-ink-faint">
          {t('reconciliation.checkedAt', { time: formatDateTime(report.checkedAt, language) })}
        </p>
        <Totals report={report} />
      </div>
      {count === 0 ? (
        <Notice tone="accent">
          <strong className="text-base">{t('reconciliation.allWell')}</strong>
        </Notice>
      ) : (
        <section aria-labelledby="differences">
          <h2 id="differences" className="text-lg font-bold text-danger">
            {t('reconciliation.differences', { count })}
          </h2>
          <DifferenceList differences={report.differences} />
        </section>
      )}
      {report.settling.length > 0 && (
        <section aria-labelledby="settling">
          <h2 id="settling" className="text-lg font-bold">
            {t('reconciliation.settling', { count: report.settling.length })}
          </h2>
          <p className="mt-1 text-sm text-ink-soft">
            {t('reconciliation.settlingText', { minutes: Math.ceil(report.graceSeconds / 60) })}
          </p>
          <DifferenceList differences={report.settling} />
        </section>
      )}
      {report.isTruncated && <Notice tone="caution">{t('reconciliation.truncated')}</Notice>}
    </div>
  );
}

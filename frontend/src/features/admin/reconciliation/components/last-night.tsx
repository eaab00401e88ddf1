import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { components } from '@/api/payment-svc';
import { latestReconciliationQuery } from '@/api/payments';
import { LoadError } from '@/components/ui/load-error';
import { Notice } from '@/components/ui/notice';
import { Skeleton } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { formatDateTime, shopDate } from '@/lib/dates';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { kinds } from '../kinds';

/** The result of the nightly comparison. */
export function LastNight() {
  const { t } = useTranslate(adminWords);
  const latest = useQuery(latestReconciliationQuery);
  return (
    <section aria-labelledby="last-night" className="mb-6">
      <h2 id="last-night" className="mb-2 font-bold">
        {t('reconciliation.nightly')}
      </h2>
      {latest.isPending && <Skeleton className="h-20 rounded-lg" />}
      {latest.isError && <LoadError error={latest.error} onRetry={() => void latest.refetch()} />}
      {latest.isSuccess && <Result latest={latest.data} />}
    </section>
  );
}

function Result({
  latest: { complete, failed, nightly, nextAt },
}: {
  latest: components['schemas']['LatestReconciliation'];
}) {
  const { t, language } = useTranslate(adminWords);
  const time = (at: string) => formatDateTime(at, language);
  return (
    <div className="flex flex-col gap-2">
      {failed && (
        <Notice tone="danger">
          <strong className="block">{t('reconciliation.notCompared', { time: time(failed.finishedAt) })}</strong>
          <span className="block [overflow-wrap:anywhere]">{failed.why}</span>
        </Notice>
      )}
      {complete && (
        <Notice tone={complete.differences > 0 ? 'caution' : 'accent'}>
          <strong className="block">
            {complete.differences > 0
              ? t('reconciliation.differences', { count: complete.differences })
              : t('reconciliation.allWell')}
          </strong>
          <span className="block">{t('reconciliation.checkedAt', { time: time(complete.finishedAt) })}</span>
          {complete.differences > 0 && (
            <>
              <ul className="mt-2">
                {Object.entries(complete.counts).map(([kind, count]) => (
                  <li key={kind}>{t('reconciliation.ofKind', { kind: kinds[kind] ? t(kinds[kind]) : kind, count })}</li>
                ))}
              </ul>
              <Link
                to={`${paths.admin.reconciliation.path}?from=${shopDate(Date.parse(complete.from))}&to=${shopDate(Date.parse(complete.to))}`}
                className="mt-2 inline-block font-semibold underline"
              >
                {t('reconciliation.showPeriod')}
              </Link>
            </>
          )}
        </Notice>
      )}
      <p className="text-sm text-ink-faint">
        {!nightly
          ? t('reconciliation.off')
          : nextAt
            ? t('reconciliation.next', { time: time(nextAt) })
            : t('reconciliation.notYet')}
      </p>
    </div>
  );
}

import { formatTimestamp } from '@/lib/dates';
import { useServiceReason } from '@/lib/i18n/admin/service-reason';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { PaymentChange, PaymentStatus } from '@/types/api';

const labels: Record<PaymentStatus, AdminKey> = {
  PENDING: 'payments.status.PENDING',
  COMPLETED: 'payments.status.COMPLETED',
  FAILED: 'payments.status.FAILED',
  REFUNDED: 'payments.status.REFUNDED',
};

type PaymentHistoryProps = { changes: readonly PaymentChange[]; nameOf: (userId: number) => string | undefined };

/** How the payment came to where it stands, the latest first. */
export function PaymentHistory({ changes, nameOf }: PaymentHistoryProps) {
  const { t, language } = useTranslate(adminWords);
  const reasonOf = useServiceReason();
  return (
    <ol className="text-sm">
      {changes.toReversed().map((change) => (
        <li
          key={`${change.changedAt} ${change.to}`}
          className="grid gap-x-4 gap-y-1 border-b border-line py-2.5 last:border-0 sm:grid-cols-[128px_minmax(0,1fr)_auto]"
        >
          <time dateTime={change.changedAt} className="whitespace-nowrap text-ink-faint tabular-nums">
            {formatTimestamp(change.changedAt, language)}
          </time>
          <span>
            {t(labels[change.from])} → <strong>{t(labels[change.to])}</strong>
            {change.reason && <span className="block text-ink-soft">{reasonOf(change.reason)}</span>}
          </span>
          <span className="text-ink-soft">
            {[change.actor && t(`order.by.${change.actor}`), change.userId && nameOf(change.userId)]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </li>
      ))}
    </ol>
  );
}

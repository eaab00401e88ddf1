import { Price } from '@/components/ui/price';
import { formatTimestamp } from '@/lib/dates';
import { useServiceReason } from '@/lib/i18n/admin/service-reason';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { Refund } from '@/types/api';
import { MarkTransferred } from './mark-transferred';
import { RefundStatusBadge } from './refund-status-badge';

type RefundsOfPaymentProps = {
  refunds: readonly Refund[];
  depositorName?: string | null;
  nameOf: (userId: number) => string | undefined;
};

/** What went back of one payment, or is to. */
export function RefundsOfPayment({ refunds, depositorName = null, nameOf }: RefundsOfPaymentProps) {
  const { t, language } = useTranslate(adminWords);
  const reasonOf = useServiceReason();
  return (
    <ul className="text-sm">
      {refunds.map((refund) => (
        <li
          key={refund.id}
          className="grid items-baseline gap-x-4 gap-y-1.5 border-b border-line py-2.5 last:border-0 sm:grid-cols-[128px_minmax(0,1fr)_auto]"
        >
          <time dateTime={refund.createdAt} className="whitespace-nowrap text-ink-faint tabular-nums">
            {formatTimestamp(refund.createdAt, language)}
          </time>
          <div>
            <p className="flex flex-wrap items-center gap-2">
              <RefundStatusBadge status={refund.status} />
              <span>{refund.reason && reasonOf(refund.reason)}</span>
            </p>
            {refund.actor && (
              <p className="mt-1 text-ink-faint">
                {[t(`order.by.${refund.actor}`), refund.userId && nameOf(refund.userId)].filter(Boolean).join(' · ')}
              </p>
            )}
            {refund.settledReason && (
              <p className="mt-1">
                {[t('refund.settled', { reason: refund.settledReason }), refund.settledBy && nameOf(refund.settledBy)]
                  .filter(Boolean)
                  .join(' · ')}
              </p>
            )}
            {(refund.tossMessage ?? refund.tossCode) && (
              <p className="mt-1 text-danger">{[refund.tossMessage, refund.tossCode].filter(Boolean).join(' · ')}</p>
            )}
          </div>
          <div className="flex items-center gap-3 sm:justify-end">
            <strong className="whitespace-nowrap">
              <Price amount={refund.amount} />
            </strong>
            {refund.status === 'TO_TRANSFER' && <MarkTransferred refund={{ ...refund, depositorName }} />}
          </div>
        </li>
      ))}
    </ul>
  );
}

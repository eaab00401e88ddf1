import { formatTimestamp } from '@/lib/dates';
import { useServiceReason } from '@/lib/i18n/admin/service-reason';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { Order, OrderStatusChange } from '@/types/api';
import { OrderStatusBadge } from './order-status-badge';

type AuditTrailProps = { order: Order; nameOf: (userId: number) => string | undefined };

/** Who changed the order's status, when and why; the latest first. */
export function AuditTrail({ order, nameOf }: AuditTrailProps) {
  const { t, language } = useTranslate(adminWords);
  const reasonOf = useServiceReason();

  const whoOf = ({ by, userId }: Pick<OrderStatusChange, 'by' | 'userId'>) => {
    const actor = t(`order.by.${by}`);
    if (by === 'SYSTEM' || !userId) return actor;
    const name = by === 'ADMIN' ? nameOf(userId) : order.email;
    return name ? t('audit.named', { actor, name, id: userId }) : t('audit.who', { actor, id: userId });
  };

  return (
    <ol className="text-sm">
      {(order.history ?? []).toReversed().map((change) => (
        <li key={`${change.at} ${change.to}`} className={row}>
          <Time at={change.at} text={formatTimestamp(change.at, language)} />
          <div>
            <p className="flex flex-wrap items-center gap-1.5">
              <OrderStatusBadge status={change.from} />
              <span aria-hidden="true" className="text-ink-faint">
                →
              </span>
              <span className="sr-only">{t('audit.to')}</span>
              <OrderStatusBadge status={change.to} />
            </p>
            {change.reason && <p className="mt-1">{t('order.history.reason', { reason: reasonOf(change.reason) })}</p>}
          </div>
          <span className="break-all text-ink-soft sm:text-right">{whoOf(change)}</span>
        </li>
      ))}
      <li className={row}>
        <Time at={order.createdAt} text={formatTimestamp(order.createdAt, language)} />
        <span>{t('order.history.PENDING')}</span>
        <span className="break-all text-ink-soft sm:text-right">{whoOf({ by: 'CUSTOMER', userId: order.userId })}</span>
      </li>
    </ol>
  );
}

const row =
  'grid items-baseline gap-x-4 gap-y-1 border-t border-line py-2.5 first:border-0 sm:grid-cols-[128px_minmax(0,1fr)_auto]';

const Time = ({ at, text }: { at: string; text: string }) => (
  <time dateTime={at} className="whitespace-nowrap text-ink-faint tabular-nums">
    {text}
  </time>
);

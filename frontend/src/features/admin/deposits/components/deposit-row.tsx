import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Price } from '@/components/ui/price';
import { paths } from '@/config/paths';
import { formatTimestamp } from '@/lib/dates';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { useNow } from '@/lib/use-now';
import type { Order } from '@/types/api';

const hour = 3_600_000;

type DepositRowProps = {
  order: Order;
  isActive: boolean;
  onConfirm: () => void;
  onDiffer: () => void;
};

/** One expected transfer: depositor, amount, order and deadline. */
export function DepositRow({ order, isActive, onConfirm, onDiffer }: DepositRowProps) {
  const { t, language } = useTranslate(adminWords);
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView?.({ block: 'nearest' });
  }, [isActive]);
  return (
    <li
      ref={row}
      aria-current={isActive ? 'true' : undefined}
      className={`grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-6 gap-y-2 rounded-xl border bg-raised px-4 py-3 md:grid-cols-[minmax(0,1fr)_136px_minmax(0,1.6fr)_232px] ${
        isActive ? 'border-accent ring-1 ring-accent' : 'border-line'
      }`}
    >
      <strong className="text-lg">{order.bankAccount?.depositorName ?? t('listing.nothing')}</strong>
      <strong className="text-right text-xl tracking-tight">
        <Price amount={order.totalPrice} />
      </strong>
      <div className="min-w-0 text-sm max-md:col-span-2">
        <Link
          to={paths.admin.order.getHref(order.id)}
          className="block truncate text-ink-soft tabular-nums hover:underline"
        >
          {order.orderNumber}
        </Link>
        <p className="flex flex-wrap items-center gap-x-2 text-ink-faint tabular-nums">
          {t('deposits.until', { time: formatTimestamp(order.payBy, language) })}
          <Deadline payBy={order.payBy} />
        </p>
      </div>
      <div className="flex justify-end gap-2 max-md:col-span-2 max-md:grid max-md:grid-cols-2">
        <Button variant="secondary" size="small" onPress={onDiffer}>
          {t('deposits.differs')}
        </Button>
        <Button variant={isActive ? 'primary' : 'secondary'} size="small" onPress={onConfirm}>
          {t('deposits.confirm')}
          {isActive && (
            <kbd aria-hidden="true" className="font-sans text-[13px] opacity-80 max-md:hidden">
              Enter
            </kbd>
          )}
        </Button>
      </div>
    </li>
  );
}

/** Marks deposits that are due within a day or late. */
function Deadline({ payBy }: { payBy: string }) {
  const { t } = useTranslate(adminWords);
  const left = Date.parse(payBy) - useNow(30_000);
  if (left < 0) return <Badge tone="danger">{t('deposits.late')}</Badge>;
  if (left < hour) return <Badge tone="danger">{t('deposits.withinHour')}</Badge>;
  if (left >= 24 * hour) return null;
  return <Badge tone="caution">{t('deposits.withinHours', { hours: Math.floor(left / hour) })}</Badge>;
}

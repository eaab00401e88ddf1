import { useTranslate } from '@/lib/i18n/translate';
import type { OrderStatus } from '@/types/api';
import { statusLabels } from '../order-status';

const tones: Record<OrderStatus, string> = {
  PENDING: 'bg-caution-wash text-caution',
  CONFIRMED: 'bg-accent-wash text-accent-strong',
  SHIPPING: 'bg-accent-wash text-accent-strong',
  DELIVERED: 'bg-surface text-ink-soft',
  CANCELLED: 'bg-danger-wash text-danger',
};

export function OrderStatusBadge({ status }: { status: OrderStatus }) {
  const { t } = useTranslate();
  return (
    <span className={`inline-block rounded-md px-2 py-1 text-[13px] font-bold ${tones[status]}`}>
      {t(statusLabels[status])}
    </span>
  );
}

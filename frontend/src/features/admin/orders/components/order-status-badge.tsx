import { Badge, type Tone } from '@/components/ui/badge';
import { useTranslate } from '@/lib/i18n/translate';
import type { OrderStatus } from '@/types/api';

const tones: Record<OrderStatus, Tone> = {
  PENDING: 'caution',
  CONFIRMED: 'accent',
  SHIPPING: 'accent',
  DELIVERED: 'neutral',
  CANCELLED: 'danger',
};

export function OrderStatusBadge({ status }: { status: OrderStatus }) {
  const { t } = useTranslate();
  return <Badge tone={tones[status]}>{t(`order.status.${status}`)}</Badge>;
}

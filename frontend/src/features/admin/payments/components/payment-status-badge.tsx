import { Badge, type Tone } from '@/components/ui/badge';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { Payment } from '@/types/api';

type Look = { label: AdminKey; tone: Tone };

const looks: Record<Payment['status'], Look> = {
  PENDING: { label: 'payments.status.PENDING', tone: 'caution' },
  COMPLETED: { label: 'payments.status.COMPLETED', tone: 'accent' },
  FAILED: { label: 'payments.status.FAILED', tone: 'danger' },
  REFUNDED: { label: 'payments.status.REFUNDED', tone: 'neutral' },
};

/** Where a payment stands; a part that went back shows, and so does a card of which nobody knows yet. */
export function PaymentStatusBadge({ payment }: { payment: Payment }) {
  const { t } = useTranslate(adminWords);
  const { label, tone } = lookOf(payment);
  return <Badge tone={tone}>{t(label)}</Badge>;
}

function lookOf({ status, checking, refundedAmount }: Payment): Look {
  if (status === 'PENDING' && checking) return { label: 'payments.checking', tone: 'caution' };
  if (status === 'COMPLETED' && refundedAmount > 0) return { label: 'payments.partly', tone: 'accent' };
  return looks[status];
}

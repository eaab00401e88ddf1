import { Badge, type Tone } from '@/components/ui/badge';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { RefundStatus } from '@/types/api';

const looks: Record<RefundStatus, { label: AdminKey; tone: Tone }> = {
  PENDING: { label: 'refund.status.PENDING', tone: 'caution' },
  TO_TRANSFER: { label: 'refund.status.TO_TRANSFER', tone: 'caution' },
  COMPLETED: { label: 'refund.status.COMPLETED', tone: 'neutral' },
  FAILED: { label: 'refund.status.FAILED', tone: 'danger' },
};

export function RefundStatusBadge({ status }: { status: RefundStatus }) {
  const { t } = useTranslate(adminWords);
  const { label, tone } = looks[status];
  return <Badge tone={tone}>{t(label)}</Badge>;
}

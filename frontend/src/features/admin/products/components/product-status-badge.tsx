import { Badge, type Tone } from '@/components/ui/badge';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { ProductStatus } from '@/types/api';
import { statusLabels } from '../product-filters';

const tones: Record<ProductStatus, Tone> = { AVAILABLE: 'accent', OUT_OF_STOCK: 'danger', DISCONTINUED: 'neutral' };

export function ProductStatusBadge({ status }: { status: ProductStatus }) {
  const { t } = useTranslate(adminWords);
  return <Badge tone={tones[status]}>{t(statusLabels[status])}</Badge>;
}

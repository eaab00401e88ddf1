import { Badge, type Tone } from '@/components/ui/badge';
import { useAdminTranslate } from '@/lib/i18n/admin/translate';
import type { ProductStatus } from '@/types/api';
import { statusLabels } from '../product-filters';

const tones: Record<ProductStatus, Tone> = { AVAILABLE: 'accent', OUT_OF_STOCK: 'danger', DISCONTINUED: 'neutral' };

export function ProductStatusBadge({ status }: { status: ProductStatus }) {
  const t = useAdminTranslate();
  return <Badge tone={tones[status]}>{t(statusLabels[status])}</Badge>;
}

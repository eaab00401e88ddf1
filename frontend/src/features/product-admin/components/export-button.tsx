import { Button } from '@/components/ui/button';
import { DownloadIcon } from '@/components/ui/work-icons';
import { useAdminTranslate } from '@/lib/i18n/admin/translate';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import { useExportProducts } from '../api/export-products';
import type { ProductFilters } from '../product-filters';

export function ExportButton({ filters }: { filters: ProductFilters }) {
  const t = useAdminTranslate();
  const { t: tShop } = useTranslate();
  const showToast = useToasts((toasts) => toasts.show);
  const save = useExportProducts();
  return (
    <Button
      variant="secondary"
      size="small"
      isDisabled={save.isPending}
      onPress={() =>
        save.mutate(filters, {
          onError: (error) => showToast({ text: problemMessage(toApiError(error), tShop) }),
        })
      }
    >
      <DownloadIcon />
      {save.isPending ? t('products.exporting') : t('products.export')}
    </Button>
  );
}

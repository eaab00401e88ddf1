import { DialogForm } from '@/components/ui/dialog-form';
import { NumberField } from '@/components/ui/number-field';
import { TextField } from '@/components/ui/text-field';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useRequestKey } from '@/lib/request-key';
import { useToasts } from '@/lib/toasts';
import { useForm } from '@/lib/use-form';
import type { Product } from '@/types/api';
import { useAdjustStock } from '../api/adjust-stock';
import { adjustmentSchema } from '../product-schema';

/** Asks how many come in or go out, and why, for the ledger. */
export function AdjustStockDialog({ product, onClose }: { product: Product; onClose: () => void }) {
  const { t } = useTranslate(adminWords);
  const showToast = useToasts((toasts) => toasts.show);
  const adjust = useAdjustStock(product.id);
  const keyOf = useRequestKey();
  const error = adjust.error && toApiError(adjust.error);
  const form = useForm(adjustmentSchema, error, {
    words: adminWords,
    refusals: { change: 'productForm.stockRange' },
  });
  return (
    <DialogForm
      title={t('stock.adjust')}
      text={t('stock.adjustText', { count: product.stock })}
      submit={t('stock.submit')}
      isPending={adjust.isPending}
      errors={form.errors}
      problem={error?.code === 'stock_too_low' ? t('stock.tooLow', { count: product.stock }) : form.message}
      onSubmit={form.handleSubmit((values) =>
        adjust.mutate(
          { ...values, key: keyOf(values) },
          {
            onSuccess: ({ stock }) => {
              showToast({ text: t('stock.adjusted', { count: stock }) });
              onClose();
            },
          },
        ),
      )}
      onClose={onClose}
    >
      <NumberField label={t('stock.change')} hint={t('stock.changeHint')} name="change" isDifference isRequired />
      <TextField
        label={t('stock.reason')}
        name="reason"
        maxLength={200}
        placeholder={t('stock.reasonExample')}
        autoComplete="off"
        isRequired
      />
    </DialogForm>
  );
}

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DialogForm } from '@/components/ui/dialog-form';
import { adminWords } from '@/lib/i18n/admin/words';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import type { Product } from '@/types/api';
import { useDiscontinueProduct } from '../api/discontinue-product';
import { useUpdateProduct } from '../api/update-product';
import { detailsOf } from '../product-schema';

/** Discontinues a product after asking; resumes its sale without. */
export function SellingSwitch({ product }: { product: Product }) {
  const { t } = useTranslate(adminWords);
  const showToast = useToasts((toasts) => toasts.show);
  const [asking, setAsking] = useState(false);
  const discontinue = useDiscontinueProduct(product);
  const update = useUpdateProduct(product.id);

  if (product.status === 'DISCONTINUED') {
    return (
      <Button
        size="small"
        isDisabled={update.isPending}
        onPress={() =>
          update.mutate(
            {
              ...detailsOf(product),
              category: product.category ?? '',
              discontinued: false,
              version: product.version,
            },
            {
              onSuccess: () => showToast({ text: t('selling.resumed') }),
              onError: (error) => showToast({ text: problemMessage(toApiError(error), t) }),
            },
          )
        }
      >
        {t('selling.resume')}
      </Button>
    );
  }
  return (
    <>
      <Button variant="secondary" size="small" onPress={() => setAsking(true)}>
        {t('selling.end')}
      </Button>
      {asking && (
        <DialogForm
          danger
          title={t('selling.title')}
          text={t('selling.text')}
          submit={t('selling.end')}
          isPending={discontinue.isPending}
          problem={discontinue.error && problemMessage(toApiError(discontinue.error), t)}
          onSubmit={() =>
            discontinue.mutate(undefined, {
              onSuccess: () => {
                setAsking(false);
                showToast({ text: t('selling.ended') });
              },
            })
          }
          onClose={() => {
            discontinue.reset();
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

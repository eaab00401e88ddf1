import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { BackLink } from '@/components/ui/back-link';
import { PageTitle } from '@/components/ui/page-title';
import { Panel } from '@/components/ui/panel';
import { paths } from '@/config/paths';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { useRequestKey } from '@/lib/request-key';
import { useToasts } from '@/lib/toasts';
import { useCreateProduct } from '../api/create-product';
import { newProductSchema } from '../product-schema';
import { ProductForm } from './product-form';
import { UnsavedChanges } from './unsaved-changes';

export function NewProduct() {
  const { t } = useTranslate(adminWords);
  const navigate = useNavigate();
  const showToast = useToasts((toasts) => toasts.show);
  const create = useCreateProduct();
  const keyOf = useRequestKey();
  const isDirty = useRef(false);
  return (
    <div className="max-w-3xl">
      <BackLink to={paths.admin.products.getHref()}>{t('products.title')}</BackLink>
      <PageTitle title={t('productForm.new')} />
      <Panel title={t('productForm.details')}>
        <ProductForm
          schema={newProductSchema}
          submit={t('productForm.create')}
          isPending={create.isPending}
          error={create.error}
          onChange={() => {
            isDirty.current = true;
          }}
          onSubmit={(values) =>
            create.mutate(
              { ...values, imageUrl: values.imageUrl || null, key: keyOf(values) },
              {
                onSuccess: async ({ id }) => {
                  isDirty.current = false;
                  const page = paths.admin.product.getHref(id);
                  await navigate(page);
                  showToast({ text: t('productForm.created'), page });
                },
              },
            )
          }
        />
      </Panel>
      <UnsavedChanges isDirty={isDirty} />
    </div>
  );
}

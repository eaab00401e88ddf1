import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { adminProductQuery } from '@/api/products';
import { BackLink } from '@/components/ui/back-link';
import { ButtonLink } from '@/components/ui/button-link';
import { LoadError } from '@/components/ui/load-error';
import { PageTitle } from '@/components/ui/page-title';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import type { Product } from '@/types/api';
import { useUpdateProduct } from '../api/update-product';
import { detailFields, detailsSchema } from '../product-schema';
import { ChangedProduct } from './changed-product';
import { ProductForm } from './product-form';
import { ProductStatusBadge } from './product-status-badge';
import { SellingSwitch } from './selling-switch';
import { StockPanel } from './stock-panel';
import { UnsavedChanges } from './unsaved-changes';

export function ProductEditor({ id, notFound }: { id: number; notFound: ReactNode }) {
  const { t } = useTranslate();
  const product = useQuery(adminProductQuery(id));
  if (product.data) return <Editor key={id} product={product.data} />;
  if (product.isError && toApiError(product.error).status === 404) return notFound;
  if (product.isError) return <LoadError error={product.error} onRetry={() => void product.refetch()} />;
  return (
    <div role="status" aria-label={t('loading')} className="grid gap-4 pt-20 xl:grid-cols-2">
      <Skeleton className="h-150 rounded-xl" />
      <Skeleton className="h-96 rounded-xl" />
    </div>
  );
}

function Editor({ product }: { product: Product }) {
  const { t } = useTranslate(adminWords);
  const showToast = useToasts((toasts) => toasts.show);
  const update = useUpdateProduct(product.id);
  const isDirty = useRef(false);
  // What is typed is a change of this, whatever the product has become meanwhile.
  const [begun, setBegun] = useState(product);
  const [form, setForm] = useState(0);
  const current = currentOf(update.error);
  return (
    <>
      <BackLink to={paths.admin.products.getHref()}>{t('products.title')}</BackLink>
      <PageTitle title={product.name}>
        <div className="flex flex-wrap items-center gap-2">
          <ProductStatusBadge status={product.status} />
          <ButtonLink variant="secondary" size="small" to={paths.product.getHref(product.id)}>
            {t('productForm.inShop')}
          </ButtonLink>
          <SellingSwitch product={product} />
        </div>
      </PageTitle>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <Panel title={t('productForm.details')}>
          {current && (
            <div className="mb-5">
              <ChangedProduct
                before={begun}
                now={current}
                onTake={() => {
                  isDirty.current = false;
                  setBegun(current);
                  setForm(form + 1);
                  update.reset();
                }}
                onKeep={() => {
                  setBegun(current);
                  update.reset();
                }}
              />
            </div>
          )}
          <ProductForm
            key={form}
            schema={detailsSchema}
            product={begun}
            submit={t('productForm.save')}
            isPending={update.isPending}
            error={current ? null : update.error}
            onChange={() => {
              isDirty.current = true;
            }}
            onSubmit={(values) =>
              update.mutate(
                {
                  ...values,
                  imageUrl: values.imageUrl || null,
                  // A change that the form does not make, the end of its sale say, is in nobody's way.
                  version: isAsTyped(begun, product) ? product.version : begun.version,
                },
                {
                  onSuccess: (saved) => {
                    isDirty.current = false;
                    setBegun(saved);
                    showToast({ text: t('productForm.saved') });
                  },
                },
              )
            }
          />
        </Panel>
        <StockPanel product={product} />
      </div>
      <UnsavedChanges isDirty={isDirty} />
    </>
  );
}

/** The product as somebody else saved it, if that is why this save failed. */
function currentOf(error: Error | null): Product | null {
  const refusal = error && toApiError(error);
  return refusal?.code === 'changed_meanwhile' ? (refusal.problem.current as Product) : null;
}

const isAsTyped = (one: Product, other: Product) => detailFields.every((field) => one[field] === other[field]);

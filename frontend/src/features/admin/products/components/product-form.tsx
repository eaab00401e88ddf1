import { Form } from 'react-aria-components/Form';
import type { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { NumberField } from '@/components/ui/number-field';
import { SuggestField } from '@/components/ui/suggest-field';
import { TextArea } from '@/components/ui/text-area';
import { TextField } from '@/components/ui/text-field';
import { WonField } from '@/components/ui/won-field';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useForm } from '@/lib/use-form';
import type { Product } from '@/types/api';
import { useCategoryNames } from '../api/get-categories';
import type { detailsSchema, newProductSchema } from '../product-schema';
import { PictureField } from './picture-field';

type ProductFormProps<Schema> = {
  schema: Schema;
  product?: Product;
  submit: string;
  isPending: boolean;
  error: Error | null;
  /** Reports whether the form has unsaved changes. */
  onChange: () => void;
  onSubmit: (values: z.output<Extract<Schema, z.ZodObject>>) => void;
};

/** What a product is; of one that is there, its stock is kept elsewhere. */
export function ProductForm<Schema extends typeof detailsSchema | typeof newProductSchema>(
  props: ProductFormProps<Schema>,
) {
  const { schema, product, submit, isPending, error, onChange, onSubmit } = props;
  const { t } = useTranslate(adminWords);
  const form = useForm(schema, error && toApiError(error), { words: adminWords });
  const categories = useCategoryNames();
  return (
    <Form
      validationBehavior="aria"
      validationErrors={form.errors}
      onSubmit={form.handleSubmit((values) => onSubmit(values as z.output<Extract<Schema, z.ZodObject>>))}
    >
      <div onInput={onChange} className="flex flex-col gap-5">
        {form.message && <Notice tone="danger">{form.message}</Notice>}
        <PictureField name="imageUrl" defaultValue={product?.imageUrl ?? ''} onChange={onChange} />
        <TextField
          label={t('products.name')}
          name="name"
          defaultValue={product?.name}
          maxLength={100}
          autoComplete="off"
          isRequired
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <SuggestField
            label={t('products.category')}
            name="category"
            defaultValue={product?.category ?? ''}
            suggestions={categories}
            isRequired
            onChange={onChange}
          />
          <WonField label={t('productForm.price')} name="price" defaultValue={product?.price} isRequired />
          {!product && (
            <NumberField
              label={t('productForm.stock')}
              hint={t('productForm.stockHint')}
              name="stock"
              defaultValue={0}
              minValue={0}
              isRequired
            />
          )}
        </div>
        <TextArea
          label={t('productForm.description')}
          name="description"
          defaultValue={product?.description ?? ''}
          maxLength={10_000}
        />
        <div className="flex justify-end">
          <Button type="submit" isDisabled={isPending}>
            {isPending ? t('sending') : submit}
          </Button>
        </div>
      </div>
    </Form>
  );
}

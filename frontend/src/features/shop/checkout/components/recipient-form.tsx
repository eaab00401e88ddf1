import { Form } from 'react-aria-components/Form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { TextField } from '@/components/ui/text-field';
import { useTranslate } from '@/lib/i18n/translate';
import type { ApiError } from '@/lib/problem';
import { useForm } from '@/lib/use-form';
import type { Recipient, User } from '@/types/api';

const schema = z.object({
  name: z.string().trim().min(1, 'validation.required').max(30, 'validation.tooLong'),
  phone: z
    .string()
    .trim()
    .regex(/^\+?[0-9][0-9-]{6,18}$/, 'validation.phone'),
  postalCode: z
    .string()
    .trim()
    .regex(/^\d{5}$/, 'validation.postalCode'),
  address1: z.string().trim().min(1, 'validation.required').max(100, 'validation.tooLong'),
  address2: z
    .string()
    .trim()
    .max(100, 'validation.tooLong')
    .transform((address) => address || undefined),
});

type RecipientFormProps = {
  recipient: Recipient | null;
  user: User;
  /** Why the order was refused. */
  error: ApiError | null;
  onDone: (recipient: Recipient) => void;
};

/** Where to send the order; starts from what was typed before, or from the account. */
export function RecipientForm({ recipient, user, error, onDone }: RecipientFormProps) {
  const { t } = useTranslate();
  const form = useForm(schema, error);
  return (
    <Form
      validationErrors={form.errors}
      validationBehavior="aria"
      onSubmit={form.handleSubmit(onDone)}
      className="flex flex-col gap-4"
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('recipient.name')}
          name="name"
          autoComplete="shipping name"
          defaultValue={recipient?.name ?? user.name}
          isRequired
        />
        <TextField
          label={t('recipient.phone')}
          name="phone"
          type="tel"
          autoComplete="shipping tel"
          placeholder="010-1234-5678"
          defaultValue={recipient?.phone ?? user.phone ?? ''}
          isRequired
        />
      </div>
      <div className="w-40">
        <TextField
          label={t('recipient.postalCode')}
          name="postalCode"
          inputMode="numeric"
          autoComplete="shipping postal-code"
          placeholder="04524"
          maxLength={5}
          defaultValue={recipient?.postalCode}
          isRequired
        />
      </div>
      <TextField
        label={t('recipient.address1')}
        name="address1"
        autoComplete="shipping address-line1"
        defaultValue={recipient?.address1}
        isRequired
      />
      <TextField
        label={t('recipient.address2')}
        name="address2"
        autoComplete="shipping address-line2"
        defaultValue={recipient?.address2 ?? ''}
      />
      <div className="mt-2">
        <Button type="submit" size="large" wide>
          {t('checkout.toPayment')}
        </Button>
      </div>
    </Form>
  );
}

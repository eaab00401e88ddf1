import { Form } from 'react-aria-components/Form';
import { Link } from 'react-router';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TextField } from '@/components/ui/text-field';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import type { ApiError } from '@/lib/problem';
import { useForm } from '@/lib/use-form';
import type { Recipient } from '@/types/api';
import { steps } from '../steps';

const schema = z.object({
  depositorName: z.string().trim().min(1, 'validation.required').max(30, 'validation.tooLong'),
});

type PaymentFormProps = {
  recipient: Recipient;
  total: number;
  error: ApiError | null;
  sending: boolean;
  blocked: boolean;
  onSubmit: (depositorName: string) => void;
};

export function PaymentForm({ recipient, total, error, sending, blocked, onSubmit }: PaymentFormProps) {
  const { t, language } = useTranslate();
  const form = useForm(schema, error);
  return (
    <Form
      validationErrors={form.errors}
      validationBehavior="aria"
      onSubmit={form.handleSubmit(({ depositorName }) => onSubmit(depositorName))}
      className="flex flex-col gap-6"
    >
      <div className="flex items-start justify-between gap-4 rounded-2xl bg-surface p-5 text-[15px]">
        <address className="leading-relaxed not-italic">
          <strong>{recipient.name}</strong> · {recipient.phone}
          <br />({recipient.postalCode}) {recipient.address1} {recipient.address2}
        </address>
        <Link
          to={paths.checkout.getHref(steps[0])}
          className="shrink-0 text-sm font-semibold text-accent-strong underline underline-offset-4"
        >
          {t('checkout.change')}
        </Link>
      </div>
      <section aria-labelledby="method" className="flex flex-col gap-4">
        <h2 id="method" className="text-lg font-bold">
          {t('order.method.BANK_TRANSFER')}
        </h2>
        <p className="-mt-2 text-[15px] text-ink-soft">{t('checkout.transferText')}</p>
        <TextField
          label={t('checkout.depositor')}
          hint={t('checkout.depositorHint')}
          name="depositorName"
          autoComplete="name"
          defaultValue={recipient.name}
          isRequired
        />
      </section>
      {form.message && <Notice tone="danger">{form.message}</Notice>}
      <Button type="submit" size="large" wide isDisabled={sending || blocked}>
        {sending ? t('checkout.sending') : t('checkout.submit', { total: formatWon(total, language) })}
      </Button>
    </Form>
  );
}

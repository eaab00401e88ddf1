import { useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { Link } from 'react-router';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { RadioCards } from '@/components/ui/radio-cards';
import { TextField } from '@/components/ui/text-field';
import { paths } from '@/config/paths';
import type { ProductsNow } from '@/features/shop/cart/cart-changes';
import { ChangeNotice } from '@/features/shop/cart/components/change-notice';
import { useTranslate, type MessageKey } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import type { ApiError } from '@/lib/problem';
import { useForm } from '@/lib/use-form';
import type { PaymentMethod, Recipient } from '@/types/api';
import { steps } from '../steps';

const transferSchema = z.object({
  depositorName: z.string().trim().min(1, 'validation.required').max(30, 'validation.tooLong'),
});

const cardSchema = z.object({});

export type ChosenPayment = { paymentMethod: PaymentMethod; depositorName?: string };

const submitLabels: Record<PaymentMethod, MessageKey> = {
  CARD: 'checkout.submitCard',
  BANK_TRANSFER: 'checkout.submit',
};

type PaymentFormProps = {
  recipient: Recipient;
  total: number;
  error: ApiError | null;
  sending: boolean;
  /** The products of the cart, if they changed: the notice of it has the only button that orders, or agrees. */
  changed: ProductsNow | undefined;
  onAcceptChanges: () => void;
  onSubmit: (payment: ChosenPayment) => void;
};

export function PaymentForm(props: PaymentFormProps) {
  const { recipient, total, error, sending, changed, onAcceptChanges, onSubmit } = props;
  const { t, language } = useTranslate();
  const [paymentMethod, setPaymentMethod] = useState<PaymentMethod>('CARD');
  const form = useForm<typeof transferSchema | typeof cardSchema>(
    paymentMethod === 'CARD' ? cardSchema : transferSchema,
    error,
  );
  const [element, setElement] = useState<HTMLFormElement | null>(null);
  return (
    <Form
      ref={setElement}
      validationErrors={form.errors}
      validationBehavior="aria"
      onSubmit={form.handleSubmit((values) => onSubmit({ paymentMethod, ...values }))}
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
      <RadioCards
        label={t('order.payment')}
        value={paymentMethod}
        onChange={setPaymentMethod}
        choices={[
          { value: 'CARD', label: t('order.method.CARD'), text: t('checkout.cardText') },
          { value: 'BANK_TRANSFER', label: t('order.method.BANK_TRANSFER'), text: t('checkout.transferText') },
        ]}
      />
      {paymentMethod === 'BANK_TRANSFER' && (
        <TextField
          label={t('checkout.depositor')}
          hint={t('checkout.depositorHint')}
          name="depositorName"
          autoComplete="name"
          defaultValue={recipient.name}
          isRequired
        />
      )}
      {form.message && <Notice tone="danger">{form.message}</Notice>}
      {changed && (
        <ChangeNotice products={changed} onAccept={onAcceptChanges} onOrder={() => element?.requestSubmit()} />
      )}
      <Button type="submit" size="large" wide isDisabled={sending || changed !== undefined}>
        {sending ? t('checkout.sending') : t(submitLabels[paymentMethod], { total: formatWon(total, language) })}
      </Button>
    </Form>
  );
}

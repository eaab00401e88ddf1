import { useState } from 'react';
import { z } from 'zod';
import { DialogForm } from '@/components/ui/dialog-form';
import { TextField } from '@/components/ui/text-field';
import { WonField } from '@/components/ui/won-field';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import { outcomeUnknown, toApiError } from '@/lib/problem';
import { newKey } from '@/lib/request-key';
import { useToasts } from '@/lib/toasts';
import { useForm } from '@/lib/use-form';
import type { Payment } from '@/types/api';
import { useRefundPayment } from '../api/refund-payment';
import { useRefundRefusal } from '../use-refund-refusal';

const schema = z.object({
  amount: z.coerce.number('validation.required').int('validation.required').min(1, 'validation.required'),
  reason: z.string().trim().min(1, 'validation.required').max(200, 'validation.tooLong'),
});

/** Gives money back, all that is left unless told otherwise. */
export function RefundDialog({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const { t, language } = useTranslate(adminWords);
  const refusalOf = useRefundRefusal();
  const showToast = useToasts((toasts) => toasts.show);
  const [key, setKey] = useState(newKey);
  const [tooMuch, setTooMuch] = useState(false);
  const refund = useRefundPayment(payment);
  const error = refund.error && toApiError(refund.error);
  const form = useForm(schema, error);
  const left = payment.amount - payment.refundedAmount;
  const limit = t('refund.tooLarge', { amount: formatWon(left, language) });
  return (
    <DialogForm
      title={t('refund.dialog.title')}
      text={t(payment.method === 'CARD' ? 'refund.dialog.card' : 'refund.dialog.transfer')}
      submit={t('refund.dialog.submit')}
      danger
      isPending={refund.isPending}
      errors={tooMuch ? { amount: [limit] } : form.errors}
      problem={error && form.message && refusalOf(error)}
      onSubmit={form.handleSubmit(({ amount, reason }) => {
        setTooMuch(amount > left);
        if (amount > left) return;
        refund.mutate(
          { amount, reason, key },
          {
            onSuccess: (answer) => {
              showToast({ text: t(outcomeOf(answer), { amount: formatWon(amount, language) }) });
              onClose();
            },
            // A refusal stays with its key; after a lost answer the same key finds out what became of the refund.
            onError: (cause) => {
              if (!outcomeUnknown(toApiError(cause))) setKey(newKey());
            },
          },
        );
      })}
      onClose={onClose}
    >
      <WonField
        label={t('refund.amount')}
        hint={t('refund.left', { amount: formatWon(left, language) })}
        name="amount"
        defaultValue={left}
        isRequired
      />
      <TextField
        label={t('refund.reason')}
        hint={t('refund.reasonHint')}
        name="reason"
        maxLength={200}
        autoComplete="off"
        isRequired
      />
    </DialogForm>
  );
}

/** The newest refund is the one just asked for. */
function outcomeOf({ refunds, method }: Payment) {
  if (refunds?.some(({ status }) => status === 'PENDING')) return 'refund.done.checking';
  return method === 'CARD' ? 'refund.done.card' : 'refund.done.transfer';
}

import { z } from 'zod';
import { DialogForm } from '@/components/ui/dialog-form';
import { TextField } from '@/components/ui/text-field';
import { WonField } from '@/components/ui/won-field';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import { toApiError } from '@/lib/problem';
import { useForm } from '@/lib/use-form';
import type { Order, Payment } from '@/types/api';
import { useConfirmDeposit } from '../api/confirm-deposit';
import { useDepositRefusal } from '../use-deposit-refusal';

const schema = z.object({
  depositorName: z.string().trim().min(1, 'validation.required').max(50, 'validation.tooLong'),
  amount: z.coerce.number('validation.required').int('validation.required').min(1, 'validation.required'),
});

type OtherDepositDialogProps = { order: Order; onConfirmed: (payment: Payment) => void; onClose: () => void };

/** Takes down a transfer as the bank statement has it, when it came in another name or of another amount. */
export function OtherDepositDialog({ order, onConfirmed, onClose }: OtherDepositDialogProps) {
  const { t, language } = useTranslate(adminWords);
  const refusalOf = useDepositRefusal();
  const confirm = useConfirmDeposit();
  const error = confirm.error && toApiError(confirm.error);
  const form = useForm(schema, error);
  return (
    <DialogForm
      title={t('deposits.other.title')}
      text={t('deposits.other.text', { amount: formatWon(order.totalPrice, language) })}
      submit={t('deposits.confirm')}
      isPending={confirm.isPending}
      errors={form.errors}
      problem={error && form.message && refusalOf(error)}
      onSubmit={form.handleSubmit((values) =>
        confirm.mutate({ orderId: order.id, ...values }, { onSuccess: onConfirmed }),
      )}
      onClose={onClose}
    >
      <TextField
        label={t('deposits.other.name')}
        name="depositorName"
        defaultValue={order.bankAccount?.depositorName ?? ''}
        maxLength={50}
        autoComplete="off"
        isRequired
      />
      <WonField label={t('deposits.other.amount')} name="amount" defaultValue={order.totalPrice} isRequired />
    </DialogForm>
  );
}

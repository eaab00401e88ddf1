import { useState } from 'react';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { DialogForm } from '@/components/ui/dialog-form';
import { TextField } from '@/components/ui/text-field';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import { useForm } from '@/lib/use-form';
import type { Refund } from '@/types/api';
import { useSettleRefund } from '../api/settle-refund';
import { useRefundRefusal } from '../use-refund-refusal';

type SettleRefundProps = { refund: Pick<Refund, 'id' | 'amount'> };

/** Says that a refund which Toss has refused has been made by hand. */
export function SettleRefund({ refund }: SettleRefundProps) {
  const { t } = useTranslate(adminWords);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="small" variant="secondary" onPress={() => setAsking(true)}>
        {t('refund.settle')}
      </Button>
      {asking && <SettleDialog refund={refund} onClose={() => setAsking(false)} />}
    </>
  );
}

const schema = z.object({
  reason: z.string().trim().min(1, 'validation.required').max(200, 'validation.tooLong'),
});

function SettleDialog({ refund: { id, amount }, onClose }: SettleRefundProps & { onClose: () => void }) {
  const { t, language } = useTranslate(adminWords);
  const refusalOf = useRefundRefusal();
  const showToast = useToasts((toasts) => toasts.show);
  const settle = useSettleRefund(id);
  const error = settle.error && toApiError(settle.error);
  const form = useForm(schema, error);
  const values = { amount: formatWon(amount, language) };
  return (
    <DialogForm
      title={t('refund.settle.title')}
      text={t('refund.settle.text', values)}
      submit={t('refund.settle.submit')}
      danger
      isPending={settle.isPending}
      errors={form.errors}
      problem={error && form.message && refusalOf(error)}
      onSubmit={form.handleSubmit(({ reason }) => {
        settle.mutate(reason, {
          onSuccess: () => {
            showToast({ text: t('refund.settle.done', values) });
            onClose();
          },
        });
      })}
      onClose={onClose}
    >
      <TextField
        label={t('refund.reason')}
        hint={t('refund.settle.hint')}
        name="reason"
        maxLength={200}
        autoComplete="off"
        isRequired
      />
    </DialogForm>
  );
}

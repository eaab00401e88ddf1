import { lazy, Suspense, useState } from 'react';
import { Form } from 'react-aria-components/Form';
import { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TextField } from '@/components/ui/text-field';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate, type MessageKey, type Translate } from '@/lib/i18n/translate';
import { toApiError, type ApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import { useForm } from '@/lib/use-form';
import type { Order } from '@/types/api';
import { useCancelOrder } from '../api/cancel-order';
import { canCancel, statusLabels } from '../order-status';

const ConfirmDialog = lazy(() => import('@/components/ui/confirm-dialog'));

/** The way to cancel an order, for as long as the shop has not sent it. */
export function CancelOrder({ order }: { order: Order }) {
  const { t } = useTranslate();
  const [asking, setAsking] = useState(false);
  // The dialog stays to explain a refusal, even when the order turns out to be past cancelling.
  if (!asking && !canCancel(order)) return null;
  return (
    <div>
      {canCancel(order) && (
        <Button variant="secondary" onPress={() => setAsking(true)}>
          {t('order.cancel')}
        </Button>
      )}
      {asking && (
        <Suspense>
          <ConfirmDialog title={t('order.cancel.title')} onClose={() => setAsking(false)}>
            <CancelForm order={order} onClose={() => setAsking(false)} />
          </ConfirmDialog>
        </Suspense>
      )}
    </div>
  );
}

const schema = z.object({
  reason: z
    .string()
    .trim()
    .max(200, 'validation.tooLong')
    .transform((reason) => reason || undefined),
});

function CancelForm({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslate();
  const cancel = useCancelOrder(order.id);
  const showToast = useToasts((toasts) => toasts.show);
  const error = cancel.error && toApiError(cancel.error);
  const form = useForm(schema, error);
  const refused = error?.code === 'illegal_status_change';
  return (
    <Form
      validationErrors={form.errors}
      validationBehavior="aria"
      onSubmit={form.handleSubmit(({ reason }) =>
        cancel.mutate(reason, {
          onSuccess: () => {
            showToast({ text: t('order.cancel.done') });
            onClose();
          },
        }),
      )}
      className="mt-2 flex flex-col gap-5"
    >
      {!refused && (
        <>
          <p className="text-[15px] text-ink-soft">{t(consequence(order))}</p>
          <TextField label={t('order.cancel.reason')} name="reason" maxLength={200} autoComplete="off" />
        </>
      )}
      {error && form.message && <Notice tone="danger">{refusal(error, t)}</Notice>}
      <div className="grid gap-2 sm:grid-cols-2">
        <Button variant="secondary" wide onPress={onClose}>
          {t(refused ? 'close' : 'order.cancel.keep')}
        </Button>
        {!refused && (
          <Button type="submit" wide isDisabled={cancel.isPending}>
            {t(cancel.isPending ? 'order.cancel.sending' : 'order.cancel.submit')}
          </Button>
        )}
      </div>
    </Form>
  );
}

/** What cancelling means for the money. */
function consequence({ status, paymentMethod }: Order): MessageKey {
  if (status === 'PENDING') return 'order.cancel.unpaid';
  return paymentMethod === 'CARD' ? 'order.cancel.card' : 'order.cancel.transfer';
}

function refusal(error: ApiError, t: Translate): string {
  const { from } = error.problem;
  if (error.code === 'illegal_status_change' && from && from in statusLabels) {
    return t('order.cancel.illegal', { status: t(statusLabels[from as Order['status']]) });
  }
  return problemMessage(error, t);
}

import { z } from 'zod';
import { DialogForm } from '@/components/ui/dialog-form';
import { Notice } from '@/components/ui/notice';
import { TextField } from '@/components/ui/text-field';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import { useForm } from '@/lib/use-form';
import type { Order, OrderStatus } from '@/types/api';
import { useMoveOrder } from '../api/move-order';
import { useMoveRefusal } from '../use-move-refusal';

const reason = z.string().trim().max(200, 'validation.tooLong');

const withReason = z.object({ reason: reason.min(1, 'validation.required') });

const withoutReason = z.object({ reason: reason.optional() });

type MoveDialogProps = {
  order: Order;
  to: OrderStatus;
  label: string;
  onClose: () => void;
  /** The order is not where the page said; why it did not move. */
  onOutdated: (explanation: string) => void;
};

/** Confirms a status change and says what follows from it. */
export function MoveDialog({ order, to, label, onClose, onOutdated }: MoveDialogProps) {
  const { t } = useTranslate(adminWords);
  const showToast = useToasts((toasts) => toasts.show);
  const refusalOf = useMoveRefusal();
  const move = useMoveOrder();
  const error = move.error && toApiError(move.error);
  const cancels = to === 'CANCELLED';
  const confirmsCard = to === 'CONFIRMED' && order.paymentMethod === 'CARD';
  // A card order whose money order-svc does not know of goes on only by hand.
  const byHand = confirmsCard || error?.code === 'payment_required';
  const form = useForm(cancels || byHand ? withReason : withoutReason, error);
  return (
    <DialogForm
      title={cancels ? t('move.CANCELLED.title') : t('move.title', { to: t(`order.status.${to}`) })}
      text={confirmsCard ? undefined : t(consequenceOf(order, to))}
      submit={label}
      dismiss={t('close')}
      danger={cancels}
      isPending={move.isPending}
      errors={form.errors}
      problem={error && form.message && refusalOf(error, to)}
      onSubmit={form.handleSubmit((values) =>
        move.mutate(
          { id: order.id, version: order.version, to, reason: values.reason, byHand: byHand || undefined },
          {
            onSuccess: () => {
              showToast({ text: t('move.done', { to: t(`order.status.${to}`) }) });
              onClose();
            },
            onError: (cause) => {
              const refused = toApiError(cause);
              if (refused.code === 'illegal_status_change' || refused.code === 'changed_meanwhile')
                onOutdated(refusalOf(refused, to));
            },
          },
        ),
      )}
      onClose={onClose}
    >
      {confirmsCard && <Notice tone="caution">{t('move.CONFIRMED.card')}</Notice>}
      {(cancels || byHand) && (
        <TextField
          label={t(cancels ? 'move.reason' : 'move.byHand.reason')}
          hint={t('move.reasonHint')}
          name="reason"
          maxLength={200}
          autoComplete="off"
          isRequired
        />
      )}
    </DialogForm>
  );
}

function consequenceOf({ status, paymentMethod }: Order, to: OrderStatus): AdminKey {
  if (to === 'CONFIRMED') return 'move.CONFIRMED.transfer';
  if (to === 'SHIPPING') return 'move.SHIPPING.text';
  if (to === 'DELIVERED') return 'move.DELIVERED.text';
  if (status === 'PENDING') return 'move.CANCELLED.unpaid';
  return paymentMethod === 'CARD' ? 'move.CANCELLED.card' : 'move.CANCELLED.transfer';
}

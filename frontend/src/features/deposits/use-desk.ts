import { useState } from 'react';
import { useAdminTranslate } from '@/lib/i18n/admin/translate';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import { toApiError } from '@/lib/problem';
import type { Order, Payment } from '@/types/api';
import { useConfirmDeposit } from './api/confirm-deposit';
import { useUndoDeposit } from './api/undo-deposit';
import { undoDeadline, type Confirmed } from './confirmed';
import { useDepositRefusal } from './use-deposit-refusal';

/** What is done at the deposit desk: confirming, and taking back the latest while that is possible. */
export function useDesk() {
  const t = useAdminTranslate();
  const { t: tShop, language } = useTranslate();
  const refusalOf = useDepositRefusal();
  const [confirmed, setConfirmed] = useState<readonly Confirmed[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const confirming = useConfirmDeposit();
  const undoing = useUndoDeposit();

  const nameOf = ({ bankAccount, totalPrice }: Order) =>
    `${bankAccount?.depositorName ?? ''} ${formatWon(totalPrice, language)}`.trim();

  const note = (order: Order, payment: Payment) => {
    setProblem(null);
    const undoBefore = undoDeadline(payment, Date.now());
    setConfirmed((before) => [{ order, undoBefore }, ...before.filter((known) => known.order.id !== order.id)]);
  };

  const undo = ({ order }: Confirmed) => {
    if (undoing.isPending) return;
    undoing.mutate(order.id, {
      onSuccess: () => {
        setProblem(null);
        setConfirmed((before) => before.filter((known) => known.order.id !== order.id));
      },
      onError: (cause) => {
        const error = toApiError(cause);
        setProblem(
          error.code === 'deposit_settled'
            ? t('deposits.settled', { name: nameOf(order) })
            : `${nameOf(order)}: ${problemMessage(error, tShop)}`,
        );
        if (error.code !== 'deposit_settled') return;
        setConfirmed((before) =>
          before.map((known) => (known.order.id === order.id ? { ...known, undoBefore: null } : known)),
        );
      },
    });
  };

  const latest = confirmed[0];
  return {
    confirmed,
    problem,
    note,
    undo,
    undoLast: () => latest && undo(latest),
    canUndo: latest !== undefined && latest.undoBefore !== null,
    isUndoing: undoing.isPending,
    sendingId: confirming.isPending ? confirming.variables.orderId : null,
    isConfirmed: (orderId: number) => confirmed.some(({ order }) => order.id === orderId),
    /** How many orders still wait in order-svc's list although they are confirmed here. */
    awaited: (orders: readonly Order[]) =>
      orders.filter(({ id }) => confirmed.some(({ order }) => order.id === id)).length,
    confirm: ({ order, onConfirmed }: { order: Order; onConfirmed: () => void }) => {
      if (confirming.isPending) return;
      confirming.mutate(
        { orderId: order.id },
        {
          onSuccess: (payment) => {
            note(order, payment);
            onConfirmed();
          },
          onError: (cause) => setProblem(`${nameOf(order)}: ${refusalOf(toApiError(cause))}`),
        },
      );
    },
  };
}

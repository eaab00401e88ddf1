import { useState } from 'react';
import { adminWords } from '@/lib/i18n/admin/words';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import { toApiError } from '@/lib/problem';
import type { Order, Payment } from '@/types/api';
import { useConfirmDeposit } from './api/confirm-deposit';
import { useUndoDeposit } from './api/undo-deposit';
import { secondsLeft, undoDeadline, type Confirmed } from './confirmed';
import { useDepositRefusal } from './use-deposit-refusal';

/** The deposit desk's actions: confirm, and undo the latest while that is possible. */
export function useDesk() {
  const { t, language } = useTranslate(adminWords);
  const refusalOf = useDepositRefusal();
  const [confirmed, setConfirmed] = useState<readonly Confirmed[]>([]);
  const [sending, setSending] = useState<ReadonlySet<number>>(new Set());
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
            : `${nameOf(order)}: ${problemMessage(error, t)}`,
        );
        if (error.code !== 'deposit_settled') return;
        setConfirmed((before) =>
          before.map((known) => (known.order.id === order.id ? { ...known, undoBefore: null } : known)),
        );
      },
    });
  };

  /** Confirmed here, or about to be; order-svc's list has it for a while yet. */
  const isDone = ({ id }: Order) => sending.has(id) || confirmed.some(({ order }) => order.id === id);

  const latest = confirmed[0];
  return {
    confirmed,
    problem,
    note,
    undo,
    /** Undoes the latest confirmation and returns whether there was one. */
    undoLast: () => {
      if (!latest || secondsLeft(latest, Date.now()) === 0) return false;
      undo(latest);
      return true;
    },
    isUndoing: undoing.isPending,
    isDone,
    /** The next deposit may be confirmed before the last one is answered. */
    confirm: (order: Order) => {
      setSending((before) => new Set(before).add(order.id));
      confirming
        .mutateAsync({ orderId: order.id })
        .then((payment) => note(order, payment))
        .catch((cause: unknown) => setProblem(`${nameOf(order)}: ${refusalOf(toApiError(cause))}`))
        .finally(() =>
          setSending((before) => {
            const rest = new Set(before);
            rest.delete(order.id);
            return rest;
          }),
        );
    },
  };
}

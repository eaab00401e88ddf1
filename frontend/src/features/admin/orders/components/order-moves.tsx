import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { Order, OrderStatus } from '@/types/api';
import { movesOf } from '../order-moves';
import { MoveDialog } from './move-dialog';

const labels: Record<OrderStatus, AdminKey> = {
  PENDING: 'move.none',
  CONFIRMED: 'move.CONFIRMED',
  SHIPPING: 'move.SHIPPING',
  DELIVERED: 'move.DELIVERED',
  CANCELLED: 'move.CANCELLED',
};

/** The moves that the order's status allows. */
export function OrderMoves({ order }: { order: Order }) {
  const { t } = useTranslate(adminWords);
  const [to, setTo] = useState<OrderStatus | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const moves = movesOf(order);
  return (
    <div className="flex flex-col gap-3">
      {refusal && <Notice tone="danger">{refusal}</Notice>}
      {order.paymentInProgress && <Notice tone="caution">{t('move.paymentInProgress')}</Notice>}
      {moves.length > 0 ? (
        <div className="flex flex-wrap gap-2">
          {moves.map((move) => (
            <Button
              key={move}
              variant={move === 'CANCELLED' ? 'secondary' : 'primary'}
              isDisabled={order.paymentInProgress}
              onPress={() => {
                setRefusal(null);
                setTo(move);
              }}
            >
              {t(labels[move])}
            </Button>
          ))}
        </div>
      ) : (
        <p className="text-sm text-ink-soft">{t(labels.PENDING)}</p>
      )}
      {to && (
        <MoveDialog
          order={order}
          to={to}
          label={t(labels[to])}
          onClose={() => setTo(null)}
          onOutdated={(explanation) => {
            setTo(null);
            setRefusal(explanation);
          }}
        />
      )}
    </div>
  );
}

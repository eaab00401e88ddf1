import type { ReactNode } from 'react';
import { formatDateTime } from '@/lib/dates';
import { useTranslate, type MessageKey } from '@/lib/i18n/translate';
import type { Order, OrderActor, OrderStatus, OrderStatusChange } from '@/types/api';

const events: Record<OrderStatus, MessageKey> = {
  PENDING: 'order.history.PENDING',
  CONFIRMED: 'order.history.CONFIRMED',
  SHIPPING: 'order.history.SHIPPING',
  DELIVERED: 'order.history.DELIVERED',
  CANCELLED: 'order.history.CANCELLED',
};

const actors: Record<OrderActor, MessageKey> = {
  CUSTOMER: 'order.by.CUSTOMER',
  ADMIN: 'order.by.ADMIN',
  SYSTEM: 'order.by.SYSTEM',
};

/** What happened to the order, when and by whom, the latest first. */
export function OrderHistory({ order }: { order: Order }) {
  const { t } = useTranslate();
  return (
    <ol>
      {(order.history ?? []).toReversed().map((change) => (
        <Event key={`${change.at} ${change.to}`} at={change.at} text={t(eventLabel(change))} by={change.by}>
          {change.by !== 'SYSTEM' && change.reason && (
            <span className="block text-sm text-ink-soft">{t('order.history.reason', { reason: change.reason })}</span>
          )}
        </Event>
      ))}
      <Event at={order.createdAt} text={t(events.PENDING)} by="CUSTOMER" />
    </ol>
  );
}

/** The shop itself cancels an order for one reason only. */
const eventLabel = ({ to, by }: OrderStatusChange): MessageKey =>
  to === 'CANCELLED' && by === 'SYSTEM' ? 'order.history.expired' : events[to];

type EventProps = { at: string; text: string; by: OrderActor; children?: ReactNode };

function Event({ at, text, by, children }: EventProps) {
  const { t, language } = useTranslate();
  return (
    <li className="grid gap-x-4 border-b border-line py-3 text-[15px] sm:grid-cols-[1fr_auto]">
      <span>
        {text}
        {children}
      </span>
      <span className="text-sm text-ink-faint sm:text-right">
        {t(actors[by])} · <time dateTime={at}>{formatDateTime(at, language)}</time>
      </span>
    </li>
  );
}

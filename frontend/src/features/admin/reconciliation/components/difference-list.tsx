import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Price } from '@/components/ui/price';
import { paths } from '@/config/paths';
import { formatDateTime } from '@/lib/dates';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import type { PaymentStatus } from '@/types/api';
import type { Difference } from '../api/get-reconciliation';
import { kinds } from '../kinds';

const paymentStatus: Record<PaymentStatus, AdminKey> = {
  PENDING: 'reconciliation.payment.PENDING',
  COMPLETED: 'reconciliation.payment.COMPLETED',
  FAILED: 'reconciliation.payment.FAILED',
  REFUNDED: 'reconciliation.payment.REFUNDED',
};

// Toss's other states are shown as Toss calls them.
const tossStatus: Record<string, AdminKey> = {
  DONE: 'reconciliation.toss.DONE',
  CANCELED: 'reconciliation.toss.CANCELED',
  PARTIAL_CANCELED: 'reconciliation.toss.PARTIAL_CANCELED',
};

/** What differs, kind by kind. */
export function DifferenceList({ differences }: { differences: Difference[] }) {
  const { t } = useTranslate(adminWords);
  const found = [...new Set(differences.map(({ kind }) => kind))];
  return found.map((kind) => {
    const ofKind = differences.filter((difference) => difference.kind === kind);
    const name = kinds[kind];
    return (
      <section key={kind} className="mt-5">
        <h3 className="border-b border-ink pb-2.5 font-bold">
          {name ? t(name) : kind} <span className="font-normal text-ink-faint tabular-nums">{ofKind.length}</span>
        </h3>
        <ul>
          {ofKind.map((difference) => (
            <DifferenceRow
              key={`${difference.orderNumber} ${difference.toss?.paymentKey ?? ''}`}
              difference={difference}
            />
          ))}
        </ul>
      </section>
    );
  });
}

function DifferenceRow({ difference: { order, payment, toss, orderNumber, since } }: { difference: Difference }) {
  const { t, language } = useTranslate(adminWords);
  const tossLabel = toss && tossStatus[toss.status];
  return (
    <li className="grid gap-x-6 gap-y-3 border-b border-line py-4 text-[15px] lg:grid-cols-[1.2fr_2fr]">
      <div>
        {order ? (
          <Link to={paths.admin.order.getHref(order.id)} className="font-semibold underline underline-offset-4">
            {orderNumber}
          </Link>
        ) : (
          <strong>{orderNumber || t('reconciliation.noOrder')}</strong>
        )}
        <p className="text-sm text-ink-faint">{t('reconciliation.since', { time: formatDateTime(since, language) })}</p>
        {order?.byHand && <p className="text-sm text-ink-soft">{order.byHand}</p>}
      </div>
      <dl className="grid gap-x-6 gap-y-2 sm:grid-cols-3">
        <Side name="reconciliation.orders">
          {order ? (
            <Words status={t(`order.status.${order.status}`)} amount={order.totalPrice} />
          ) : (
            t('reconciliation.none')
          )}
        </Side>
        <Side name="reconciliation.payments">
          {payment ? (
            <Words
              status={`${t(`order.method.${payment.method}`)} · ${t(paymentStatus[payment.status])}`}
              amount={payment.amount}
              refundedAmount={payment.refundedAmount}
            />
          ) : (
            t('reconciliation.none')
          )}
        </Side>
        <Side name="reconciliation.toss">
          {toss ? (
            <Words
              status={tossLabel ? t(tossLabel) : toss.status}
              amount={toss.totalAmount}
              refundedAmount={toss.refundedAmount}
            />
          ) : (
            t('reconciliation.notAsked')
          )}
        </Side>
      </dl>
    </li>
  );
}

function Side({ name, children }: { name: AdminKey; children: ReactNode }) {
  const { t } = useTranslate(adminWords);
  return (
    <div className="grid grid-cols-[92px_1fr] sm:block">
      <dt className="text-sm text-ink-faint">{t(name)}</dt>
      <dd>{children}</dd>
    </div>
  );
}

type WordsProps = { status: string; amount: number; refundedAmount?: number };

function Words({ status, amount, refundedAmount = 0 }: WordsProps) {
  const { t, language } = useTranslate(adminWords);
  return (
    <>
      <span className="block">{status}</span>
      <strong className="block">
        <Price amount={amount} />
      </strong>
      {refundedAmount > 0 && (
        <span className="block text-sm text-ink-soft">
          {t('reconciliation.refundedOf', { amount: formatWon(refundedAmount, language) })}
        </span>
      )}
    </>
  );
}

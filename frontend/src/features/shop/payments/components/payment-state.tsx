import { Price } from '@/components/ui/price';
import { useTranslate, type MessageKey } from '@/lib/i18n/translate';
import type { Payment } from '@/types/api';

const labels: Record<Payment['status'], MessageKey> = {
  PENDING: 'payment.status.PENDING',
  COMPLETED: 'payment.status.COMPLETED',
  FAILED: 'payment.status.FAILED',
  REFUNDED: 'payment.status.REFUNDED',
};

/** Where the payment of an order stands, and how much went back. */
export function PaymentState({ payment, refunding }: { payment: Payment; refunding: boolean }) {
  const { t } = useTranslate();
  return (
    <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-[15px]">
      <dt className="text-ink-faint">{t('payment.state')}</dt>
      <dd>{t(refunding ? 'payment.status.refunding' : stateLabel(payment))}</dd>
      {payment.refundedAmount > 0 && (
        <>
          <dt className="text-ink-faint">{t('payment.refundedAmount')}</dt>
          <dd className="font-semibold">
            <Price amount={payment.refundedAmount} />
          </dd>
        </>
      )}
    </dl>
  );
}

function stateLabel({ status, method, refundedAmount }: Payment): MessageKey {
  if (status === 'PENDING' && method === 'CARD') return 'payment.status.checking';
  return status === 'COMPLETED' && refundedAmount > 0 ? 'payment.status.partly' : labels[status];
}

import { useState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { LoadError } from '@/components/ui/load-error';
import { Notice } from '@/components/ui/notice';
import { Fact, Facts, Panel } from '@/components/ui/panel';
import { Price } from '@/components/ui/price';
import { Skeleton } from '@/components/ui/skeleton';
import { formatDateTime } from '@/lib/dates';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { Payment } from '@/types/api';
import { usePaymentOfOrder, type PaidOrder } from '../api/get-payment-of-order';
import { PaymentHistory } from './payment-history';
import { PaymentStatusBadge } from './payment-status-badge';
import { RefundDialog } from './refund-dialog';
import { RefundsOfPayment } from './refunds-of-payment';

type PaymentPanelProps = { order: PaidOrder; nameOf: (userId: number) => string | undefined };

/** The money of an order: what came, what went wrong, what went back, and the way to give it back. */
export function PaymentPanel({ order, nameOf }: PaymentPanelProps) {
  const { t } = useTranslate(adminWords);
  const payment = usePaymentOfOrder(order);
  if (payment.isPending) return <Skeleton className="h-40 rounded-xl" />;
  if (payment.isError) {
    return (
      <Panel title={t('payments.one')}>
        <LoadError error={payment.error} onRetry={() => void payment.refetch()} />
      </Panel>
    );
  }
  return payment.data ? (
    <Loaded payment={payment.data} nameOf={nameOf} />
  ) : (
    <Panel title={t('payments.one')}>
      <p className="text-sm text-ink-soft">{t('payments.noneYet')}</p>
    </Panel>
  );
}

function Loaded({ payment, nameOf }: { payment: Payment; nameOf: PaymentPanelProps['nameOf'] }) {
  const { t, language } = useTranslate(adminWords);
  const [refunding, setRefunding] = useState(false);
  const { refusal, refunds } = payment;
  const left = payment.amount - payment.refundedAmount;
  return (
    <Panel title={t('payments.one')} aside={<PaymentStatusBadge payment={payment} />}>
      <div className="flex flex-col gap-4">
        {payment.checking && <Notice tone="caution">{t('payments.checkingText')}</Notice>}
        {refusal && (
          <Notice tone="danger">
            <strong className="block">{t('payment.refused.title')}</strong>
            {[refusal.tossMessage, refusal.tossCode, formatDateTime(refusal.refusedAt, language)]
              .filter(Boolean)
              .join(' · ')}
          </Notice>
        )}
        <Facts>
          <Fact name={t('ordersAdmin.method')}>{t(`order.method.${payment.method}`)}</Fact>
          {payment.depositorName && <Fact name={t('deposits.other.name')}>{payment.depositorName}</Fact>}
          <Fact name={t('payments.amount')}>
            <strong>
              <Price amount={payment.amount} />
            </strong>
          </Fact>
          {payment.refundedAmount > 0 && (
            <>
              <Fact name={t('payments.refunded')}>
                <Price amount={payment.refundedAmount} />
              </Fact>
              <Fact name={t('payments.left')}>
                <strong>
                  <Price amount={left} />
                </strong>
              </Fact>
            </>
          )}
          {payment.paymentKey && (
            <Fact name={t('payments.key')}>
              <span className="break-all">{payment.paymentKey}</span>
            </Fact>
          )}
        </Facts>
        {payment.status === 'COMPLETED' && left > 0 && (
          <div>
            <Button variant="secondary" onPress={() => setRefunding(true)}>
              {t('refund.open')}
            </Button>
          </div>
        )}
        {refunds && refunds.length > 0 && (
          <Part title={t('refund.all')}>
            <RefundsOfPayment refunds={refunds} depositorName={payment.depositorName} nameOf={nameOf} />
          </Part>
        )}
        {payment.history && payment.history.length > 0 && (
          <Part title={t('payments.history')}>
            <PaymentHistory changes={payment.history} nameOf={nameOf} />
          </Part>
        )}
      </div>
      {refunding && <RefundDialog payment={payment} onClose={() => setRefunding(false)} />}
    </Panel>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="border-b border-line pb-2 text-sm font-semibold text-ink-soft">{title}</h3>
      {children}
    </div>
  );
}

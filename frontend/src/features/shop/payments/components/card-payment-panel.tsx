import { useEffect } from 'react';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { TimeLeft } from '@/components/ui/time-left';
import { formatDateTime } from '@/lib/dates';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate, type Translate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import { ApiError } from '@/lib/problem';
import { useNow } from '@/lib/use-now';
import type { Order } from '@/types/api';
import { canPay } from '../can-pay';
import { useCardPayment } from '../use-card-payment';
import { failureOf, failureTexts, sdkErrorCode } from '../window-failure';

type CardPaymentPanelProps = {
  order: Order;
  customerName?: string;
  /** Opens the window without being asked, once. */
  openAtOnce?: boolean;
  onOpened?: () => void;
};

/** Pays an order by card: how much, until when, and the way into Toss's window. */
export function CardPaymentPanel({ order, customerName, openAtOnce = false, onOpened }: CardPaymentPanelProps) {
  const { t, language } = useTranslate();
  const payment = useCardPayment(order, customerName);
  const now = useNow(10_000);
  const { mutate } = payment;
  useEffect(() => {
    if (!openAtOnce) return;
    // One turn later, so that an effect run twice opens one window.
    const timer = setTimeout(() => {
      onOpened?.();
      mutate();
    });
    return () => clearTimeout(timer);
  }, [mutate, onOpened, openAtOnce]);

  if (!canPay(order, now)) return <Notice tone="caution">{t('payment.tooLate')}</Notice>;
  return (
    <section aria-labelledby="pay" className="rounded-2xl border-2 border-accent p-5 sm:p-6">
      <h2 id="pay" className="text-lg font-bold">
        {t('payment.pay.title')}
      </h2>
      <p className="mt-1 text-sm text-ink-soft">{t('payment.pay.text')}</p>
      {order.payBy && (
        <p className="mt-3 text-[15px]">
          {t('payment.pay.deadline', { deadline: formatDateTime(order.payBy, language) })}
          <TimeLeft until={order.payBy} />
        </p>
      )}
      <div role="status" className="mt-4 empty:mt-0">
        {payment.isError && <Notice tone="caution">{openingProblem(payment.error, t)}</Notice>}
      </div>
      <div className="mt-4">
        <Button size="large" wide isDisabled={payment.isPending} onPress={() => mutate()}>
          {payment.isPending
            ? t('payment.pay.open')
            : t('payment.pay.submit', { total: formatWon(order.totalPrice, language) })}
        </Button>
      </div>
    </section>
  );
}

/** Why the window did not open, or was left. */
function openingProblem(error: unknown, t: Translate): string {
  if (error instanceof ApiError) return problemMessage(error, t);
  const code = sdkErrorCode(error);
  return code ? t(failureTexts[failureOf(code)]) : t('payment.pay.notOpened');
}

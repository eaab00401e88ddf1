import type { PaidInWindow } from '@/api/payments';
import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { Notice } from '@/components/ui/notice';
import { paths } from '@/config/paths';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate, type MessageKey } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import { outcomeUnknown, toApiError, type ApiError } from '@/lib/problem';
import type { Payment, User } from '@/types/api';
import { useConfirmPayment } from '../api/confirm-payment';
import { usePayment } from '../api/get-payment';
import { ResultCard, ResultText } from './result-card';
import { TossMessage } from './toss-message';
import { TryAgain } from './try-again';

/** Has the payment approved and shows how it came out. */
export function PaymentResult({ paid, user }: { paid: PaidInWindow; user: User }) {
  const { t } = useTranslate();
  const confirmation = useConfirmPayment(paid);
  const latest = usePayment(confirmation.data?.orderId);
  const payment = latest.data ?? confirmation.data;

  if (payment) return <Settled payment={payment} user={user} />;
  if (confirmation.isError && !confirmation.isFetching) {
    return (
      <Unsettled
        error={toApiError(confirmation.error)}
        paid={paid}
        user={user}
        onAskAgain={() => void confirmation.refetch()}
      />
    );
  }
  return (
    <ResultCard tone="waiting" title={t('payment.confirming.title')}>
      <ResultText>{t('payment.confirming.text')}</ResultText>
    </ResultCard>
  );
}

function Settled({ payment, user }: { payment: Payment; user: User }) {
  const { t, language } = useTranslate();
  const amount = formatWon(payment.amount, language);
  const toOrder = (
    <ButtonLink size="large" to={paths.order.getHref(payment.orderId)}>
      {t('payment.toOrder')}
    </ButtonLink>
  );
  switch (payment.status) {
    case 'COMPLETED':
      return (
        <ResultCard tone="good" title={t('payment.completed.title')}>
          <ResultText>{t('payment.completed.text', { amount })}</ResultText>
          {toOrder}
          <ButtonLink variant="secondary" to={paths.catalogue.getHref()}>
            {t('payment.keepShopping')}
          </ButtonLink>
        </ResultCard>
      );
    case 'PENDING':
      return (
        <ResultCard tone="waiting" title={t('payment.checking.title')}>
          <ResultText>{t('payment.checking.text')}</ResultText>
          <Notice tone="caution">{t('payment.checking.once')}</Notice>
          {toOrder}
        </ResultCard>
      );
    case 'REFUNDED':
      return (
        <ResultCard title={t('payment.refunded.title')}>
          <ResultText>{t('payment.refunded.text', { amount })}</ResultText>
          {toOrder}
        </ResultCard>
      );
    case 'FAILED':
      return (
        <ResultCard title={t('payment.failed.title')}>
          <ResultText>{t('payment.failed.text')}</ResultText>
          <TossMessage message={payment.refusal?.tossMessage} />
          <TryAgain orderNumber={payment.orderNumber} user={user} />
        </ResultCard>
      );
  }
}

const problems: Record<string, { title: MessageKey; text: MessageKey; final?: boolean }> = {
  card_refused: { title: 'payment.refused.title', text: 'payment.refused.text' },
  payment_unavailable: { title: 'payment.unavailable.title', text: 'payment.unavailable.text' },
  payment_expired: { title: 'payment.expired.title', text: 'payment.expired.text' },
  amount_mismatch: { title: 'payment.mismatch.title', text: 'payment.mismatch.text' },
  order_not_payable: { title: 'payment.notPayable.title', text: 'payment.notPayable.text' },
  payment_in_progress: { title: 'payment.inProgress.title', text: 'payment.inProgress.text', final: true },
  not_found: { title: 'payment.notFound.title', text: 'payment.notYours', final: true },
  order_not_found: { title: 'payment.notFound.title', text: 'payment.notYours', final: true },
  validation_failed: { title: 'payment.badAddress.title', text: 'payment.badAddress.text', final: true },
};

type UnsettledProps = { error: ApiError; paid: PaidInWindow; user: User; onAskAgain: () => void };

/** No payment: it was refused, or the shop's answer did not come. */
function Unsettled({ error, paid, user, onAskAgain }: UnsettledProps) {
  const { t } = useTranslate();
  const problem = problems[error.code];
  if (!problem) {
    return (
      <ResultCard tone="waiting" title={t('payment.unknown.title')}>
        <ResultText>{outcomeUnknown(error) ? t('payment.unknown.text') : problemMessage(error, t)}</ResultText>
        <Button size="large" onPress={onAskAgain}>
          {t('payment.unknown.ask')}
        </Button>
        <OrdersLink />
      </ResultCard>
    );
  }
  return (
    <ResultCard title={t(problem.title)}>
      <ResultText>{t(problem.text)}</ResultText>
      <TossMessage message={error.problem.tossMessage} />
      {problem.final ? <OrdersLink /> : <TryAgain orderNumber={paid.orderId} user={user} />}
    </ResultCard>
  );
}

function OrdersLink() {
  const { t } = useTranslate();
  return (
    <ButtonLink variant="secondary" to={paths.orders.getHref()}>
      {t('orders.title')}
    </ButtonLink>
  );
}

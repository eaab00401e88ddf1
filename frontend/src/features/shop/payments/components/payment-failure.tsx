import { ButtonLink } from '@/components/ui/button-link';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import type { User } from '@/types/api';
import { lastOrder } from '../last-order';
import { failureOf, failureTexts, failureTitles } from '../window-failure';
import { ResultCard, ResultText } from './result-card';
import { TryAgain } from './try-again';

type PaymentFailureProps = { code: string; orderNumber: string | null; user: User };

/** The buyer came back from Toss's window without having paid. Toss may not say which order it was. */
export function PaymentFailure({ code, orderNumber, user }: PaymentFailureProps) {
  const { t } = useTranslate();
  const failure = failureOf(code);
  const order = orderNumber ?? lastOrder();
  return (
    <ResultCard title={t(failureTitles[failure])} tone={failure === 'cancelled' ? 'waiting' : 'bad'}>
      <ResultText>{t(failureTexts[failure])}</ResultText>
      {failure === 'failed' && code && (
        <p className="text-center text-sm text-ink-faint">{t('payment.failed.code', { code })}</p>
      )}
      {order ? (
        <TryAgain orderNumber={order} user={user} />
      ) : (
        <ButtonLink size="large" to={paths.orders.getHref()}>
          {t('payment.findOrder')}
        </ButtonLink>
      )}
    </ResultCard>
  );
}

import { useSearchParams } from 'react-router';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { paths } from '@/config/paths';
import { PaymentResult } from '@/features/shop/payments/components/payment-result';
import { readPaid } from '@/features/shop/payments/result-params';
import { useTranslate } from '@/lib/i18n/translate';
import { RequireSession } from '../require-session';

/** Toss redirects here after its window. The money moves only when the shop confirms the payment. */
export function Component() {
  const [params] = useSearchParams();
  const paid = readPaid(params);
  if (!paid) return <BadAddress />;
  return (
    <div className="mx-auto max-w-xl pb-20">
      <RequireSession>{(user) => <PaymentResult key={paid.paymentKey} paid={paid} user={user} />}</RequireSession>
    </div>
  );
}

function BadAddress() {
  const { t } = useTranslate();
  return (
    <EmptyState heading="h1" title={t('payment.badAddress.title')} text={t('payment.badAddress.text')}>
      <ButtonLink to={paths.orders.getHref()}>{t('orders.title')}</ButtonLink>
    </EmptyState>
  );
}

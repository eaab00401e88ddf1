import { useSearchParams } from 'react-router';
import { PaymentFailure } from '@/features/shop/payments/components/payment-failure';
import { readFailure } from '@/features/shop/payments/result-params';
import { RequireSession } from '../require-session';

/** Toss redirects here when the buyer has not paid. */
export function Component() {
  const [params] = useSearchParams();
  return (
    <div className="mx-auto max-w-xl pb-20">
      <RequireSession>{(user) => <PaymentFailure {...readFailure(params)} user={user} />}</RequireSession>
    </div>
  );
}

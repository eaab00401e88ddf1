import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { PageTitle } from '@/components/ui/page-title';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { sumLines } from '@/lib/money';
import { toApiError } from '@/lib/problem';
import type { Order, User } from '@/types/api';
import { useCreateOrder } from '../api/create-order';
import { parseStep } from '../steps';
import { useRecipient } from '../stores/recipient-store';
import { OrderLines, type CheckoutLine } from './order-lines';
import { PaymentForm } from './payment-form';
import { RecipientForm } from './recipient-form';
import { StepBar } from './step-bar';

type CheckoutViewProps = { user: User; lines: CheckoutLine[]; onPlaced: (order: Order) => void };

export function CheckoutView({ user, lines, onPlaced }: CheckoutViewProps) {
  const { t } = useTranslate();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { recipient, save } = useRecipient();
  const createOrder = useCreateOrder({ onPlaced });
  const error = createOrder.error && toApiError(createOrder.error);
  const step = parseStep(params.get('step'));

  if (step === 'payment' && !recipient) {
    return <Navigate to={paths.checkout.getHref()} replace />;
  }
  return (
    <>
      <PageTitle title={t('checkout.title')} />
      <div className="grid items-start gap-8 pb-16 lg:grid-cols-[1fr_380px] lg:gap-12">
        <div>
          <StepBar current={step} />
          {step === 'payment' && recipient ? (
            <PaymentForm
              recipient={recipient}
              total={sumLines(lines)}
              error={error}
              sending={createOrder.isPending}
              // The same order would be refused again: the cart has to change first.
              blocked={error?.code === 'out_of_stock' || error?.code === 'unknown_product'}
              onSubmit={(payment) =>
                createOrder.mutate({
                  userId: user.id,
                  email: user.email,
                  items: lines.map(({ productId, quantity }) => ({ productId, quantity })),
                  recipient,
                  ...payment,
                })
              }
            />
          ) : (
            <RecipientForm
              recipient={recipient}
              user={user}
              onDone={(typed) => {
                save(typed);
                void navigate(paths.checkout.getHref('payment'));
              }}
            />
          )}
        </div>
        <OrderLines lines={lines} error={error} />
      </div>
    </>
  );
}

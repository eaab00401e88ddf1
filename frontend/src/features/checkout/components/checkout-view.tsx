import type { ReactNode } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { PageTitle } from '@/components/ui/page-title';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import type { Order, User } from '@/types/api';
import { useCreateOrder } from '../api/create-order';
import { parseStep } from '../steps';
import { isUndecided, useAttempt } from '../stores/attempt-store';
import { useRecipient } from '../stores/recipient-store';
import { OrderLines, type CheckoutLine } from './order-lines';
import { PaymentForm } from './payment-form';
import { RecipientForm } from './recipient-form';
import { StepBar } from './step-bar';

type CheckoutViewProps = {
  user: User;
  lines: CheckoutLine[];
  total: number;
  /** Something about the lines is not as the shopper put them in: they have to agree first. */
  changed: boolean;
  /** Asks once more, just before ordering, whether everything costs what the shopper was told. */
  pricesHold: () => Promise<boolean>;
  /** What changed, with the way to agree to it. */
  renderChanges: (onAccept: () => void) => ReactNode;
  renderChange: (productId: number) => ReactNode;
  onPlaced: (order: Order) => void;
};

export function CheckoutView(props: CheckoutViewProps) {
  const { user, lines, total, changed, pricesHold, renderChanges, renderChange, onPlaced } = props;
  const { t } = useTranslate();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { save, ...draft } = useRecipient();
  const recipient = draft.userId === user.id ? draft.recipient : null;
  const createOrder = useCreateOrder({ pricesHold, onPlaced });
  const error = createOrder.error && toApiError(createOrder.error);
  const step = parseStep(params.get('step'));
  const items = lines.map(({ productId, quantity }) => ({ productId, quantity }));
  // An order whose answer was lost may have taken the stock itself: it is asked about again as it was.
  const undecided = useAttempt(({ content }) => isUndecided(content, items));
  const mustAgree = changed && !undecided;

  if (step === 'payment' && !recipient) {
    return <Navigate to={paths.checkout.getHref()} replace />;
  }
  return (
    <>
      <PageTitle title={t('checkout.title')} />
      <div className="grid items-start gap-8 pb-16 lg:grid-cols-[1fr_380px] lg:gap-12">
        <div>
          <StepBar current={step} />
          {mustAgree && <div className="mb-6">{renderChanges(createOrder.reset)}</div>}
          {step === 'payment' && recipient ? (
            <PaymentForm
              recipient={recipient}
              total={total}
              error={error}
              sending={createOrder.isPending}
              blocked={mustAgree}
              onSubmit={(payment) =>
                createOrder.mutate({ userId: user.id, email: user.email, items, recipient, ...payment })
              }
            />
          ) : (
            <RecipientForm
              recipient={recipient}
              user={user}
              onDone={(typed) => {
                save(user.id, typed);
                void navigate(paths.checkout.getHref('payment'));
              }}
            />
          )}
        </div>
        <OrderLines lines={lines} total={total} renderChange={mustAgree ? renderChange : undefined} />
      </div>
    </>
  );
}

import type { ReactNode } from 'react';
import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { PageTitle } from '@/components/ui/page-title';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { sumLines } from '@/lib/money';
import { toApiError, type ApiError } from '@/lib/problem';
import type { Order, Recipient, User } from '@/types/api';
import { useCreateOrder } from '../api/create-order';
import { parseStep } from '../steps';
import { undecidedOrder, useAttempt } from '../stores/attempt-store';
import { useRecipient } from '../stores/recipient-store';
import { OrderLines, type CheckoutLine } from './order-lines';
import { PaymentForm, type ChosenPayment } from './payment-form';
import { RecipientForm } from './recipient-form';
import { StepBar } from './step-bar';

type CheckoutViewProps = {
  user: User;
  lines: CheckoutLine[];
  /** The lines as they can be had. */
  available: CheckoutLine[];
  /** Something about the lines is not as the shopper put them in: they have to agree first. */
  changed: boolean;
  onAcceptChanges: () => void;
  /** What changed, with the way to agree to it: to agree and order at once, where there is a way to order. */
  renderChanges: (onAccept: () => void, onOrder?: () => void) => ReactNode;
  renderChange: (productId: number) => ReactNode;
  onPlaced: (order: Order) => void;
};

export function CheckoutView(props: CheckoutViewProps) {
  const { user, lines, available, changed, onAcceptChanges, renderChanges, renderChange, onPlaced } = props;
  const { t } = useTranslate();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const { save, ...draft } = useRecipient();
  const recipient = draft.userId === user.id ? draft.recipient : null;
  const createOrder = useCreateOrder(onPlaced);
  const error = createOrder.error && toApiError(createOrder.error);
  const step = parseStep(params.get('step'));
  // An order whose answer was lost may have taken the stock itself: it is asked about again as it was.
  const sent = useAttempt(({ content }) => content);
  const undecided = undecidedOrder(sent, toItems(lines));
  const mustAgree = changed && !undecided;
  const { items, expectedTotal } = undecided ?? { items: toItems(available), expectedTotal: sumLines(available) };

  function order(recipient: Recipient, payment: ChosenPayment) {
    if (mustAgree) onAcceptChanges();
    createOrder.mutate(
      { userId: user.id, email: user.email, items, expectedTotal, recipient, ...payment },
      {
        onError: (refusal) => {
          if (isAboutRecipient(toApiError(refusal))) void navigate(paths.checkout.getHref());
        },
      },
    );
  }

  if (step === 'payment' && !recipient) {
    return <Navigate to={paths.checkout.getHref()} replace />;
  }
  return (
    <>
      <PageTitle title={t('checkout.title')} />
      <div className="grid items-start gap-8 pb-16 lg:grid-cols-[1fr_380px] lg:gap-12">
        <div>
          <StepBar current={step} />
          {mustAgree && step === 'recipient' && <div className="mb-6">{renderChanges(createOrder.reset)}</div>}
          {step === 'payment' && recipient ? (
            <PaymentForm
              recipient={recipient}
              total={expectedTotal}
              error={error}
              sending={createOrder.isPending}
              renderChanges={mustAgree ? (onOrder) => renderChanges(createOrder.reset, onOrder) : undefined}
              onSubmit={(payment) => order(recipient, payment)}
            />
          ) : (
            <RecipientForm
              recipient={recipient}
              user={user}
              error={error && isAboutRecipient(error) ? error : null}
              onDone={(typed) => {
                createOrder.reset();
                save(user.id, typed);
                void navigate(paths.checkout.getHref('payment'));
              }}
            />
          )}
        </div>
        <OrderLines lines={lines} total={expectedTotal} renderChange={mustAgree ? renderChange : undefined} />
      </div>
    </>
  );
}

const toItems = (lines: CheckoutLine[]) => lines.map(({ productId, quantity }) => ({ productId, quantity }));

const isAboutRecipient = ({ problem }: ApiError) =>
  Object.keys(problem.errors ?? {}).some((path) => path.startsWith('recipient.'));

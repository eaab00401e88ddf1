import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { PageTitle } from '@/components/ui/page-title';
import { paths } from '@/config/paths';
import { asAvailable, atPresentPrices, hasChanged } from '@/features/shop/cart/cart-changes';
import { ChangeNotice } from '@/features/shop/cart/components/change-notice';
import { useCart, type CartLine } from '@/features/shop/cart/stores/cart-store';
import { useProductsInCart } from '@/features/shop/cart/use-products-in-cart';
import { useTranslate } from '@/lib/i18n/translate';
import { sumLines } from '@/lib/money';
import { toApiError, type ApiError } from '@/lib/problem';
import type { Order, Recipient, User } from '@/types/api';
import { useCreateOrder } from '../api/create-order';
import { parseStep } from '../steps';
import { undecidedOrder, useAttempt } from '../stores/attempt-store';
import { useRecipient } from '../stores/recipient-store';
import { OrderLines } from './order-lines';
import { PaymentForm, type ChosenPayment } from './payment-form';
import { RecipientForm } from './recipient-form';
import { StepBar } from './step-bar';

type CheckoutViewProps = { user: User; onPlaced: (order: Order) => void };

/** The steps of an order beside what is in the cart. What changed since it was put in, the shopper has to agree to first. */
export function CheckoutView({ user, onPlaced }: CheckoutViewProps) {
  const { lines: kept, replace } = useCart();
  const products = useProductsInCart();
  const lines = atPresentPrices(kept, products);
  const available = asAvailable(kept, products);
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
  const mustAgree = hasChanged(kept, products) && !undecided;
  const { items, expectedTotal } = undecided ?? { items: toItems(available), expectedTotal: sumLines(available) };

  function order(recipient: Recipient, payment: ChosenPayment) {
    if (mustAgree) replace(available);
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
          {mustAgree && step === 'recipient' && (
            <div className="mb-6">
              <ChangeNotice products={products} onAccept={createOrder.reset} />
            </div>
          )}
          {step === 'payment' && recipient ? (
            <PaymentForm
              recipient={recipient}
              total={expectedTotal}
              error={error}
              sending={createOrder.isPending}
              changed={mustAgree ? products : undefined}
              onAcceptChanges={createOrder.reset}
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
        <OrderLines lines={kept} products={products} total={expectedTotal} showChanges={mustAgree} />
      </div>
    </>
  );
}

const toItems = (lines: readonly CartLine[]) => lines.map(({ productId, quantity }) => ({ productId, quantity }));

const isAboutRecipient = ({ problem }: ApiError) =>
  Object.keys(problem.errors ?? {}).some((path) => path.startsWith('recipient.'));

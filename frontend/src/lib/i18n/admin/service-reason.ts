import { useTranslate } from '../translate';
import { adminWords, type AdminKey } from './words';

/** What the services themselves write down as the reason of a change, in English. */
const reasons: Record<string, AdminKey> = {
  'Deposit seen': 'reason.depositSeen',
  'Deposit undone': 'reason.depositUndone',
  'Order confirmed': 'reason.orderConfirmed',
  'Order cancelled': 'reason.orderCancelled',
  'Paid by card.': 'reason.paidByCard',
  'Toss charged the card.': 'reason.cardCharged',
  'Another try to pay by card.': 'reason.anotherTry',
  'The order was paid otherwise.': 'reason.paidOtherwise',
};

/** The services' own reasons in the reader's language; what people wrote stays as it is. */
export function useServiceReason(): (reason: string) => string {
  const { t } = useTranslate(adminWords);
  return (reason) => (reasons[reason] ? t(reasons[reason]) : reason);
}

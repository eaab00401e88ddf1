import { generalCode, type ApiError } from '../problem';
import type { MessageKey, Translate } from './translate';

const messages: Record<string, MessageKey> = {
  offline: 'problem.offline',
  unavailable: 'problem.unavailable',
  too_many_requests: 'problem.tooManyRequests',
  not_found: 'problem.notFound',
  unauthorized: 'problem.unauthorized',
  session_ended: 'problem.unauthorized',
  forbidden: 'problem.forbidden',
  validation_failed: 'problem.validation',
  invalid_credentials: 'problem.invalidCredentials',
  email_taken: 'problem.emailTaken',
  out_of_stock: 'problem.outOfStock',
  too_many_unpaid_orders: 'problem.tooManyUnpaidOrders',
  too_many_units: 'problem.tooManyUnits',
  changed_meanwhile: 'problem.changedMeanwhile',
  price_changed: 'problem.priceChanged',
  total_too_small: 'problem.totalTooSmall',
  unknown_product: 'problem.unknownProduct',
  unknown_user: 'problem.unknownUser',
  payment_in_progress: 'problem.paymentInProgress',
  illegal_status_change: 'problem.illegalStatusChange',
  request_in_progress: 'problem.requestInProgress',
  not_your_account: 'problem.notYourAccount',
};

/** What to tell the shopper about a failed request. */
export function problemMessage(error: ApiError, t: Translate): string {
  return t(messages[error.code] ?? messages[generalCode(error.status)] ?? 'problem.unexpected');
}

import { adminWords } from '@/lib/i18n/admin/words';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { oneOf } from '@/lib/use-list-address';
import type { ApiError } from '@/lib/problem';
import type { Order, OrderStatus } from '@/types/api';
import { statuses } from './order-filters';

/** Says why a status change was refused. */
export function useMoveRefusal() {
  const { t } = useTranslate(adminWords);
  return (error: ApiError, to: OrderStatus) => {
    const from = oneOf(statuses, error.problem.from ?? '');
    if (error.code === 'illegal_status_change' && from) {
      return t('move.illegal', { from: t(`order.status.${from}`), to: t(`order.status.${to}`) });
    }
    if (error.code === 'changed_meanwhile') {
      const { status } = error.problem.current as Order;
      return t('move.changed', { status: t(`order.status.${status}`) });
    }
    if (error.code === 'payment_required') return t('move.paymentRequired');
    return error.code === 'payment_in_progress' ? t('move.paymentInProgress') : problemMessage(error, t);
  };
}

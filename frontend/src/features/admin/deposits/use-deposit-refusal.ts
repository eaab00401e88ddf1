import { adminWords } from '@/lib/i18n/admin/words';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import type { ApiError } from '@/lib/problem';

/** Says why a deposit was refused. */
export function useDepositRefusal() {
  const { t, language } = useTranslate(adminWords);
  return (error: ApiError) => {
    switch (error.code) {
      case 'amount_mismatch':
        return t('deposits.mismatch', { expected: formatWon(error.problem.expected ?? 0, language) });
      case 'order_not_payable':
        return t('deposits.cancelled');
      case 'not_a_transfer':
        return t('deposits.notATransfer');
      default:
        return problemMessage(error, t);
    }
  };
}

import { adminWords } from '@/lib/i18n/admin/words';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import { outcomeUnknown, type ApiError } from '@/lib/problem';

/** Says why money did not go back. */
export function useRefundRefusal() {
  const { t, language } = useTranslate(adminWords);
  return (error: ApiError) => {
    const { refundable = 0, tossMessage } = error.problem;
    switch (error.code) {
      case 'refund_too_large':
        return t('refund.tooLarge', { amount: formatWon(refundable, language) });
      case 'refund_in_progress':
        return t('refund.inProgress');
      case 'refund_not_refused':
        return t('refund.notRefused');
      case 'refund_already_settled':
        return t('refund.alreadySettled');
      case 'not_refundable':
        return t('refund.notRefundable');
      case 'refund_refused':
        return tossMessage ? t('refund.refusedBecause', { message: tossMessage }) : t('refund.refused');
      default:
        return outcomeUnknown(error) ? t('refund.unknown') : problemMessage(error, t);
    }
  };
}

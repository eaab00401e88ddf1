import { Notice } from '@/components/ui/notice';
import { useTranslate } from '@/lib/i18n/translate';

/** Why a card was refused, in Toss's words. */
export function TossMessage({ message }: { message?: string | null }) {
  const { t } = useTranslate();
  return message ? <Notice tone="danger">{t('payment.refused.reason', { message })}</Notice> : null;
}

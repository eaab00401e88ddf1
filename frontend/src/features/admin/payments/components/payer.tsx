import { useTranslate } from '@/lib/i18n/translate';
import type { Payment } from '@/types/api';

type PayerProps = { method?: Payment['method'] | null; depositorName?: string | null };

/** How it was paid, and for a transfer in whose name: in full, since money goes back to that name. */
export function Payer({ method, depositorName }: PayerProps) {
  const { t } = useTranslate();
  return (
    <span className="block [overflow-wrap:anywhere] md:min-w-40">
      {method && t(`order.method.${method}`)}
      {depositorName && <strong> · {depositorName}</strong>}
    </span>
  );
}

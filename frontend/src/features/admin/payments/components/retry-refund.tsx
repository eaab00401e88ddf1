import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DialogForm } from '@/components/ui/dialog-form';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import type { Refund } from '@/types/api';
import { useRetryRefund } from '../api/retry-refund';
import { useRefundRefusal } from '../use-refund-refusal';

type RetryRefundProps = { refund: Pick<Refund, 'id' | 'amount'> };

/** Has Toss asked again for a refund that it has refused. */
export function RetryRefund({ refund: { id, amount } }: RetryRefundProps) {
  const { t, language } = useTranslate(adminWords);
  const refusalOf = useRefundRefusal();
  const showToast = useToasts((toasts) => toasts.show);
  const [asking, setAsking] = useState(false);
  const retry = useRetryRefund();
  const values = { amount: formatWon(amount, language) };
  return (
    <>
      <Button size="small" variant="secondary" onPress={() => setAsking(true)}>
        {t('refund.retry')}
      </Button>
      {asking && (
        <DialogForm
          title={t('refund.retry.title')}
          text={t('refund.retry.text', values)}
          submit={t('refund.retry')}
          isPending={retry.isPending}
          problem={retry.error && refusalOf(toApiError(retry.error))}
          onSubmit={() =>
            retry.mutate(id, {
              onSuccess: ({ status }) => {
                showToast({
                  text: t(status === 'PENDING' ? 'refund.done.checking' : 'refund.retry.done', values),
                });
                setAsking(false);
              },
            })
          }
          onClose={() => {
            retry.reset();
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { DialogForm } from '@/components/ui/dialog-form';
import { adminWords } from '@/lib/i18n/admin/words';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import type { Refund } from '@/types/api';
import { useMarkTransferred } from '../api/mark-transferred';

type MarkTransferredProps = { refund: Pick<Refund, 'id' | 'amount' | 'depositorName'> };

/** Says that the money has been sent back from the shop's account. */
export function MarkTransferred({ refund: { id, amount, depositorName } }: MarkTransferredProps) {
  const { t, language } = useTranslate(adminWords);
  const showToast = useToasts((toasts) => toasts.show);
  const [asking, setAsking] = useState(false);
  const mark = useMarkTransferred();
  const error = mark.error && toApiError(mark.error);
  const values = { amount: formatWon(amount, language), name: depositorName ?? t('listing.nothing') };
  return (
    <>
      <Button size="small" variant="secondary" onPress={() => setAsking(true)}>
        {t('refund.transferred')}
      </Button>
      {asking && (
        <DialogForm
          title={t('refund.transferred.title')}
          text={t('refund.transferred.text', values)}
          submit={t('refund.transferred')}
          isPending={mark.isPending}
          problem={error && problemMessage(error, t)}
          onSubmit={() =>
            mark.mutate(id, {
              onSuccess: () => {
                showToast({ text: t('refund.transferred.done', values) });
                setAsking(false);
              },
            })
          }
          onClose={() => {
            mark.reset();
            setAsking(false);
          }}
        />
      )}
    </>
  );
}

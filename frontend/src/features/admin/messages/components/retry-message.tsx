import type { Service } from '@/api/messages';
import { Button } from '@/components/ui/button';
import { RowActions } from '@/components/ui/data-table';
import { adminWords } from '@/lib/i18n/admin/words';
import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { useToasts } from '@/lib/toasts';
import type { OutboxMessage } from '@/types/api';
import { useRetryMessage } from '../api/retry-message';

/** Retries a dead message. */
export function RetryMessage({ service, message }: { service: Service; message: OutboxMessage }) {
  const { t } = useTranslate(adminWords);
  const showToast = useToasts((toasts) => toasts.show);
  const retry = useRetryMessage(service);
  return (
    <RowActions>
      <Button
        size="small"
        variant="secondary"
        isDisabled={retry.isPending}
        onPress={() =>
          retry.mutate(message.id, {
            onSuccess: () => showToast({ text: t('messages.retried') }),
            onError: (error) => showToast({ text: problemMessage(toApiError(error), t) }),
          })
        }
      >
        {t('messages.retry')}
      </Button>
    </RowActions>
  );
}

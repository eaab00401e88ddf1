import { problemMessage } from '@/lib/i18n/problem-message';
import { useTranslate } from '@/lib/i18n/translate';
import { toApiError } from '@/lib/problem';
import { Button } from './button';
import { EmptyState } from './empty-state';

/** Says why loading failed and offers to try again. */
export function LoadError({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslate();
  return (
    <EmptyState alert title={t('problem.title')} text={problemMessage(toApiError(error), t)}>
      <Button variant="secondary" onPress={onRetry}>
        {t('problem.retry')}
      </Button>
    </EmptyState>
  );
}

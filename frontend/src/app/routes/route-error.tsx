import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { useTranslate } from '@/lib/i18n/translate';

/** Shown when a page crashes or its code cannot be downloaded. The rest of the shop stays usable. */
export function RouteError() {
  const { t } = useTranslate();
  return (
    <EmptyState alert heading="h1" title={t('problem.title')} text={t('problem.page')}>
      <Button variant="secondary" onPress={() => location.reload()}>
        {t('problem.reload')}
      </Button>
    </EmptyState>
  );
}

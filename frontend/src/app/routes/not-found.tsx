import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { useTitle } from '@/lib/use-title';

export function NotFound() {
  const { t } = useTranslate();
  useTitle(t('notFound.title'));
  return (
    <EmptyState heading="h1" title={t('notFound.title')} text={t('notFound.text')}>
      <ButtonLink to={paths.catalogue.getHref()}>{t('catalogue.all')}</ButtonLink>
    </EmptyState>
  );
}

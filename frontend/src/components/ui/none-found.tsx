import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { ButtonLink } from './button-link';
import { EmptyState } from './empty-state';

type NoneFoundProps = {
  title: string;
  /** The list without filters, if it is they that leave nothing. */
  clearHref?: string | false;
};

/** What stands in place of a list that has nothing to show. */
export function NoneFound({ title, clearHref = false }: NoneFoundProps) {
  const { t } = useTranslate(adminWords);
  return (
    <EmptyState title={title}>
      {clearHref && (
        <ButtonLink variant="secondary" to={clearHref}>
          {t('listing.clear')}
        </ButtonLink>
      )}
    </EmptyState>
  );
}

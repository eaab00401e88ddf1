import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { ButtonLink } from './button-link';
import { EmptyState } from './empty-state';

type NoneFoundProps = {
  title: string;
  /** Links to the unfiltered list, if the filters are why it is empty. */
  clearHref?: string | false;
};

/** Shown in place of an empty list. */
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

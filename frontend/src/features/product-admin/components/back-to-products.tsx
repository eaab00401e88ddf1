import { Link } from 'react-router';
import { ChevronLeftIcon } from '@/components/ui/icons';
import { paths } from '@/config/paths';
import { useAdminTranslate } from '@/lib/i18n/admin/translate';

export function BackToProducts() {
  const t = useAdminTranslate();
  return (
    <Link
      to={paths.admin.products.getHref()}
      className="-mb-6 inline-flex items-center gap-1 pt-5 text-sm text-ink-soft hover:text-ink"
    >
      <ChevronLeftIcon />
      {t('products.title')}
    </Link>
  );
}

import { PageTitle } from '@/components/ui/page-title';
import { useAdminTranslate } from '@/lib/i18n/admin/translate';

export function Component() {
  const t = useAdminTranslate();
  return <PageTitle title={t('nav.refunds')} />;
}

import { useSearchParams } from 'react-router';
import { PageTitle } from '@/components/ui/page-title';
import { OrderList } from '@/features/shop/orders/components/order-list';
import { useTranslate } from '@/lib/i18n/translate';
import { parsePage } from '@/lib/pages';
import { RequireSession } from '../require-session';

export function Component() {
  const { t } = useTranslate();
  const [params] = useSearchParams();
  const page = parsePage(params.get('page'));
  return (
    <div className="mx-auto max-w-3xl pb-16">
      <PageTitle title={t('orders.title')} />
      <RequireSession>{(user) => <OrderList userId={user.id} page={page} />}</RequireSession>
    </div>
  );
}

import { paths } from '@/config/paths';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { lowStock, useLowStock } from '../api/get-low-stock';
import { RankedList } from './ranked-list';

export function LowStock() {
  const { t } = useTranslate(adminWords);
  const products = useLowStock();
  return (
    <RankedList
      title={t('today.lowStock')}
      query={products}
      empty={t('today.enoughStock')}
      allHref={paths.admin.products.getHref(`stockBelow=${lowStock}&sort=stock`)}
      entries={products.data?.items.map(({ id, name, stock }) => ({
        id,
        href: paths.admin.product.getHref(id),
        name,
        value: (
          <strong className={stock === 0 ? 'text-danger' : 'text-caution'}>
            {stock === 0 ? t('today.soldOut') : t('today.pieces', { count: stock })}
          </strong>
        ),
      }))}
    />
  );
}

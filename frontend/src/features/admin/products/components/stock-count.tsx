import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { lowStock } from '../product-filters';

/** The stock, marked when it is low. */
export function StockCount({ stock }: { stock: number }) {
  const { t } = useTranslate(adminWords);
  const tone = stock === 0 ? 'font-bold text-danger' : stock < lowStock ? 'font-bold text-caution' : '';
  return <span className={tone}>{t('products.pieces', { count: stock.toLocaleString('ko-KR') })}</span>;
}

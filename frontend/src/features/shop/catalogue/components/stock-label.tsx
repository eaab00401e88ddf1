import { useTranslate } from '@/lib/i18n/translate';
import type { Product } from '@/types/api';
import { isBuyable, lowStock } from '../stock';

/** Says what a shopper must know about the stock: nothing while there is plenty. */
export function StockLabel({ product }: { product: Product }) {
  const { t } = useTranslate();
  if (!isBuyable(product)) return null;
  return product.stock <= lowStock ? (
    <span className="text-[13px] font-medium text-caution">{t('product.left', { count: product.stock })}</span>
  ) : null;
}

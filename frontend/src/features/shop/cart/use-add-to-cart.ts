import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { useToasts } from '@/lib/toasts';
import type { Product } from '@/types/api';
import { maxLines, useCart } from './stores/cart-store';

/** Puts a product in the cart and shows a toast; returns whether it fitted. */
export function useAddToCart() {
  const { t } = useTranslate();
  const showToast = useToasts((toasts) => toasts.show);
  return (product: Product, quantity = 1, { quietly = false } = {}): boolean => {
    const { lines, add } = useCart.getState();
    const fits = lines.length < maxLines || lines.some((line) => line.productId === product.id);
    if (fits) add(product, quantity);
    if (fits && quietly) return true;
    showToast({
      text: fits ? t('cart.added') : t('cart.full', { max: maxLines }),
      link: { href: paths.cart.getHref(), text: t('cart.show') },
    });
    return fits;
  };
}

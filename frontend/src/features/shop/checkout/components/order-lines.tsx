import { Link } from 'react-router';
import { Price } from '@/components/ui/price';
import { ProductPicture } from '@/components/ui/product-picture';
import { paths } from '@/config/paths';
import { atPresentPrice, type ProductsNow } from '@/features/shop/cart/cart-changes';
import { LineChangeText } from '@/features/shop/cart/components/line-change-text';
import type { CartLine } from '@/features/shop/cart/stores/cart-store';
import { useTranslate } from '@/lib/i18n/translate';
import { lineTotal } from '@/lib/money';

type OrderLinesProps = {
  lines: readonly CartLine[];
  products: ProductsNow;
  total: number;
  /** Says at each line what changed about it since it was put in the cart. */
  showChanges: boolean;
};

/** What is being ordered, at present prices. */
export function OrderLines({ lines, products, total, showChanges }: OrderLinesProps) {
  const { t } = useTranslate();
  return (
    <section aria-labelledby="lines" className="rounded-2xl bg-surface p-5 lg:sticky lg:top-40">
      <div className="flex items-baseline justify-between">
        <h2 id="lines" className="font-bold">
          {t('checkout.lines')}
        </h2>
        <Link to={paths.cart.getHref()} className="text-sm text-ink-soft underline underline-offset-4">
          {t('checkout.toCart')}
        </Link>
      </div>
      <ul className="mt-2">
        {lines.map((line) => (
          <li key={line.productId} className="grid grid-cols-[52px_1fr_auto] gap-x-3 py-2.5 text-sm">
            <ProductPicture src={line.imageUrl} />
            <div>
              <p>{line.name}</p>
              <p className="text-ink-faint">{t('checkout.pieces', { count: line.quantity })}</p>
              {showChanges && <LineChangeText line={line} product={products.get(line.productId)} />}
            </div>
            <strong>
              <Price amount={lineTotal(atPresentPrice(line, products))} />
            </strong>
          </li>
        ))}
      </ul>
      <p className="mt-3 flex items-baseline justify-between border-t border-line pt-4">
        <span className="text-ink-soft">{t('order.total')}</span>
        <strong className="text-xl tracking-tight">
          <Price amount={total} />
        </strong>
      </p>
    </section>
  );
}

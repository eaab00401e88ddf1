import { Price } from '@/components/ui/price';
import { useTranslate, type MessageKey } from '@/lib/i18n/translate';
import type { Product } from '@/types/api';
import { changeOf, type LineChange } from '../cart-changes';
import type { CartLine } from '../stores/cart-store';

const texts: Record<NonNullable<LineChange['hindrance']>, MessageKey> = {
  discontinued: 'cart.discontinued',
  soldOut: 'cart.soldOut',
  short: 'cart.short',
};

/** What has changed about a line since it was put in the cart, if anything. */
export function LineChangeText({ line, product }: { line: CartLine; product: Product | null | undefined }) {
  const { t } = useTranslate();
  const { was, hindrance, available } = changeOf(line, product);
  return (
    <>
      {was !== undefined && product && (
        <p className="mt-1 text-sm font-medium text-caution">
          {t(product.price > was ? 'cart.dearer' : 'cart.cheaper')}{' '}
          <del className="font-normal text-ink-faint">
            <Price amount={was} />
          </del>{' '}
          <ins className="no-underline">
            <Price amount={product.price} />
          </ins>
        </p>
      )}
      {hindrance && <p className="mt-1 text-sm font-medium text-danger">{t(texts[hindrance], { available })}</p>}
    </>
  );
}

import { Link } from 'react-router';
import { Button, IconButton } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { CloseIcon } from '@/components/ui/icons';
import { PageTitle } from '@/components/ui/page-title';
import { Price } from '@/components/ui/price';
import { ProductPicture } from '@/components/ui/product-picture';
import { QuantityField } from '@/components/ui/quantity-field';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { lineTotal, sumLines } from '@/lib/money';
import type { Product } from '@/types/api';
import { atPresentPrices, changeOf, hasChanged } from '../cart-changes';
import { countItems, maxQuantity, useCart, type CartLine } from '../stores/cart-store';
import { useProductsInCart } from '../use-products-in-cart';
import { ChangeNotice } from './change-notice';
import { LineChangeText } from './line-change-text';

/** The cart beside what its products are now: changed prices and missing stock show at the line. */
export function CartView() {
  const { t } = useTranslate();
  const kept = useCart((cart) => cart.lines);
  const products = useProductsInCart();

  if (kept.length === 0) {
    return (
      <>
        <PageTitle title={t('cart.title')} />
        <EmptyState title={t('cart.empty.title')} text={t('cart.empty.text')}>
          <ButtonLink to={paths.catalogue.getHref()}>{t('cart.empty.link')}</ButtonLink>
        </EmptyState>
      </>
    );
  }

  const changed = hasChanged(kept, products);
  const lines = atPresentPrices(
    kept.filter((line) => changeOf(line, products.get(line.productId)).available > 0),
    products,
  );
  return (
    <>
      <PageTitle title={t('cart.title')} />
      <div className="grid items-start gap-8 lg:grid-cols-[1fr_340px] lg:gap-12 lg:pb-16">
        <div>
          <div className="mb-4 empty:hidden">
            <ChangeNotice products={products} />
          </div>
          <ul className="border-t border-ink">
            {kept.map((line) => (
              <Line key={line.productId} line={line} product={products.get(line.productId)} />
            ))}
          </ul>
        </div>
        <section
          aria-labelledby="sum"
          className="bg-surface p-6 max-lg:sticky max-lg:bottom-0 max-lg:z-20 max-lg:-mx-4 max-lg:border-t max-lg:border-line max-lg:bg-canvas max-lg:px-4 max-lg:py-3 sm:max-lg:-mx-6 sm:max-lg:px-6 lg:sticky lg:top-40 lg:rounded-2xl"
        >
          <h2 id="sum" className="font-bold max-lg:sr-only">
            {t('cart.sum')}
          </h2>
          <p className="mt-4 flex items-baseline justify-between text-[15px] max-lg:hidden">
            <span className="text-ink-soft">{t('product.delivery')}</span>
            <span>{t('product.deliveryText')}</span>
          </p>
          <p className="flex items-baseline justify-between lg:mt-2">
            <span className="text-ink-soft max-lg:text-sm">{t('cart.count', { count: countItems(lines) })}</span>
            <span className="text-2xl font-extrabold tracking-tight">
              <Price amount={sumLines(lines)} />
            </span>
          </p>
          <div className="mt-3 lg:mt-5">
            {changed ? (
              <p className="text-sm text-ink-soft">{t('cart.blocked')}</p>
            ) : (
              <ButtonLink to={paths.checkout.getHref()} size="large" wide>
                {t('cart.checkout')}
              </ButtonLink>
            )}
          </div>
        </section>
      </div>
    </>
  );
}

function Line({ line, product }: { line: CartLine; product: Product | null | undefined }) {
  const { t } = useTranslate();
  const setQuantity = useCart((cart) => cart.setQuantity);
  const remove = useCart((cart) => cart.remove);
  const { available, hindrance } = changeOf(line, product);
  const gone = available === 0;
  const price = product?.price ?? line.price;
  return (
    <li className="grid grid-cols-[88px_minmax(0,1fr)_auto] gap-x-4 border-b border-line py-5 sm:grid-cols-[112px_minmax(0,1fr)_auto]">
      <div className="row-span-2">
        <ProductPicture src={line.imageUrl} faded={gone} />
      </div>
      <div>
        <Link to={paths.product.getHref(line.productId)} className="text-[15px] hover:underline">
          {line.name}
        </Link>
        <p className="mt-0.5 text-sm text-ink-faint">
          <Price amount={price} />
        </p>
        <LineChangeText line={line} product={product} />
        {hindrance === 'short' && (
          <div className="mt-2">
            <Button variant="secondary" size="small" onPress={() => setQuantity(line.productId, available)}>
              {t('cart.takeAvailable', { available })}
            </Button>
          </div>
        )}
      </div>
      <div className="-mt-2 -mr-2.5">
        <IconButton label={t('cart.remove', { name: line.name })} onPress={() => remove(line.productId)}>
          <CloseIcon />
        </IconButton>
      </div>
      {!gone && (
        <div className="col-span-2 mt-3 flex flex-wrap items-center justify-between gap-2 self-end">
          <QuantityField
            label={t('cart.quantityOf', { name: line.name })}
            value={line.quantity}
            max={Math.min(Math.max(product?.stock ?? maxQuantity, line.quantity), maxQuantity)}
            onChange={(quantity) => setQuantity(line.productId, quantity)}
          />
          <span className="text-[17px] font-bold tracking-tight">
            <Price amount={lineTotal({ price, quantity: line.quantity })} />
          </span>
        </div>
      )}
    </li>
  );
}

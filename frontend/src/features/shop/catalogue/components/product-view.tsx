import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { Price } from '@/components/ui/price';
import { ProductPicture } from '@/components/ui/product-picture';
import { QuantityField } from '@/components/ui/quantity-field';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { lineTotal } from '@/lib/money';
import { useTitle } from '@/lib/use-title';
import type { Product } from '@/types/api';
import { toQuery } from '../catalogue-search';
import { isBuyable } from '../stock';
import { StockLabel } from './stock-label';

/** The most of one product an order may hold. */
const maxQuantity = 999;

type ProductViewProps = {
  product: Product;
  onAdd: (product: Product, quantity: number) => void;
  onBuy: (product: Product, quantity: number) => void;
};

export function ProductView({ product, onAdd, onBuy }: ProductViewProps) {
  const { t } = useTranslate();
  const [quantity, setQuantity] = useState(1);
  const buyable = isBuyable(product);
  useTitle(product.name);

  return (
    <article
      className={`grid gap-x-12 gap-y-6 pt-5 md:grid-cols-2 md:pb-16 lg:gap-x-16 lg:pt-8 ${buyable ? '' : 'pb-12'}`}
    >
      <ProductPicture src={product.imageUrl} eager faded={!buyable} />
      <div className="flex flex-col">
        {product.category && (
          <Link
            to={paths.catalogue.getHref(toQuery({ category: product.category }))}
            className="self-start text-sm text-ink-faint hover:text-ink hover:underline"
          >
            {product.category}
          </Link>
        )}
        <h1 className="mt-1.5 text-2xl leading-snug font-bold tracking-tight lg:text-[28px]">{product.name}</h1>
        <p className="mt-3 text-[28px] font-extrabold tracking-tight">
          <Price amount={product.price} />
        </p>
        <StockLabel product={product} />

        <dl className="mt-6 border-y border-line py-4 text-[15px]">
          <Fact name={t('product.payment')}>{t('product.paymentText')}</Fact>
          <Fact name={t('product.delivery')}>{t('product.deliveryText')}</Fact>
          <Fact name={t('product.stock')}>
            {buyable ? t('product.inStock') : t(product.status === 'DISCONTINUED' ? 'product.gone' : 'product.soldOut')}
          </Fact>
        </dl>

        {buyable ? (
          <>
            <div className="mt-6 flex items-center justify-between gap-4">
              <QuantityField
                label={t('product.quantity')}
                value={quantity}
                max={Math.min(product.stock, maxQuantity)}
                onChange={setQuantity}
              />
              <p className="text-right">
                <span className="mr-2 text-sm text-ink-faint">{t('product.total')}</span>
                <span className="text-xl font-bold tracking-tight">
                  <Price amount={lineTotal({ price: product.price, quantity })} />
                </span>
              </p>
            </div>
            <BuyBar>
              <Button variant="secondary" size="large" onPress={() => onAdd(product, quantity)}>
                {t('product.add')}
              </Button>
              <Button size="large" onPress={() => onBuy(product, quantity)}>
                {t('product.buy')}
              </Button>
            </BuyBar>
          </>
        ) : (
          <div className="mt-6">
            <Notice>{t('product.soldOutText')}</Notice>
          </div>
        )}

        {product.description && (
          <section aria-labelledby="about" className="mt-10 max-md:order-1">
            <h2 id="about" className="text-base font-bold">
              {t('product.about')}
            </h2>
            <p className="mt-2 leading-relaxed whitespace-pre-line text-ink-soft">{product.description}</p>
          </section>
        )}
      </div>
    </article>
  );
}

/** On phones at the lower edge of the screen for as long as the product is shown. */
const BuyBar = ({ children }: { children: ReactNode }) => (
  <div className="mt-5 grid grid-cols-2 gap-2 max-md:sticky max-md:bottom-0 max-md:z-20 max-md:order-2 max-md:-mx-4 max-md:mt-8 max-md:border-t max-md:border-line max-md:bg-canvas max-md:px-4 max-md:pt-2 max-md:pb-[max(0.5rem,env(safe-area-inset-bottom))] sm:max-md:-mx-6 sm:max-md:px-6">
    {children}
  </div>
);

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-4 py-1">
      <dt className="w-20 shrink-0 text-ink-faint">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

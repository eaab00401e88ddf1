import { Link } from 'react-router';
import { Button } from '@/components/ui/button';
import { CartAddIcon } from '@/components/ui/icons';
import { Price } from '@/components/ui/price';
import { ProductPicture } from '@/components/ui/product-picture';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import type { Product } from '@/types/api';
import { isBuyable } from '../stock';
import { StockLabel } from './stock-label';

type ProductCardProps = {
  product: Product;
  eager?: boolean;
  heading: 'h2' | 'h3';
  onAdd: (product: Product) => void;
};

export function ProductCard({ product, eager, heading: Heading, onAdd }: ProductCardProps) {
  const { t } = useTranslate();
  const buyable = isBuyable(product);
  return (
    <li className="group relative flex flex-col">
      <div className="relative transition-transform duration-200 group-hover:-translate-y-0.5">
        <ProductPicture src={product.imageUrl} eager={eager} faded={!buyable} />
        {!buyable && (
          <span className="absolute inset-x-0 bottom-0 rounded-b-xl bg-caption py-2 text-center text-sm font-semibold text-on-overlay">
            {t('product.soldOut')}
          </span>
        )}
      </div>
      <div className="relative z-10 mt-2.5">
        <Button
          variant="secondary"
          size="small"
          wide
          aria-label={t('product.addNamed', { name: product.name })}
          isDisabled={!buyable}
          onPress={() => onAdd(product)}
        >
          <CartAddIcon />
          {t('product.addShort')}
        </Button>
      </div>
      <Heading className="mt-2.5 line-clamp-2 text-[15px] leading-snug">
        <Link
          to={paths.product.getHref(product.id)}
          className="group-hover:underline group-hover:underline-offset-4 after:absolute after:inset-0 after:rounded-xl"
        >
          {product.name}
        </Link>
      </Heading>
      <p className="mt-1 text-[17px] font-bold tracking-tight">
        <Price amount={product.price} />
      </p>
      <StockLabel product={product} />
    </li>
  );
}

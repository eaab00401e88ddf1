import { Skeleton } from '@/components/ui/skeleton';
import { useTranslate } from '@/lib/i18n/translate';
import type { Product } from '@/types/api';
import { ProductCard } from './product-card';

const grid = 'grid grid-cols-2 gap-x-3 gap-y-8 sm:grid-cols-3 sm:gap-x-4 lg:grid-cols-5 lg:gap-y-10';

/** About as many pictures as the first screen shows. */
const aboveTheFold = 10;

type ProductGridProps = {
  products: Product[];
  stale: boolean;
  heading: 'h2' | 'h3';
  onAdd: (product: Product) => void;
};

export function ProductGrid({ products, stale, heading, onAdd }: ProductGridProps) {
  return (
    <ul aria-busy={stale} className={`${grid} transition-opacity ${stale ? 'opacity-50' : ''}`}>
      {products.map((product, index) => (
        <ProductCard
          key={product.id}
          product={product}
          eager={heading === 'h2' && index < aboveTheFold}
          heading={heading}
          onAdd={onAdd}
        />
      ))}
    </ul>
  );
}

export function ProductGridSkeleton() {
  const { t } = useTranslate();
  return (
    <div role="status" aria-label={t('loading')}>
      <ul aria-hidden="true" className={grid}>
        {Array.from({ length: aboveTheFold }, (_, index) => (
          <ProductSkeleton key={index} />
        ))}
      </ul>
    </div>
  );
}

export function ProductSkeleton() {
  return (
    <li>
      <Skeleton className="aspect-square rounded-xl" />
      <Skeleton className="mt-2.5 h-9 rounded-lg pointer-coarse:h-11" />
      <Skeleton className="mt-3 h-4 w-4/5" />
      <Skeleton className="mt-2 h-5 w-2/5" />
    </li>
  );
}

import { Link } from 'react-router';
import { ChevronRightIcon } from '@/components/ui/icons';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import type { Product } from '@/types/api';
import { useProducts } from '../api/get-products';
import { parseSearch, toQuery } from '../catalogue-search';
import { ProductCard } from './product-card';
import { ProductSkeleton } from './product-grid';
import { SectionTitle } from './section-title';

const shown = 5;

const search = parseSearch(new URLSearchParams({ sort: 'priceAsc', inStock: 'true' }));

/** What costs least and can be had: a row, which phones push sideways. */
export function Bargains({ onAdd }: { onAdd: (product: Product) => void }) {
  const { t } = useTranslate();
  const products = useProducts(search, shown);
  if (products.isError) return null;
  return (
    <section aria-labelledby="bargains">
      <SectionTitle id="bargains" title={t('front.bargains')}>
        <Link
          to={paths.catalogue.getHref(toQuery(search))}
          className="inline-flex items-center gap-0.5 py-1 text-sm text-ink-soft hover:text-ink"
        >
          {t('front.more')}
          <ChevronRightIcon />
        </Link>
      </SectionTitle>
      <ul className="-mx-4 flex quiet-scroll gap-3 px-4 py-1 *:w-38 *:shrink-0 sm:-mx-6 sm:gap-4 sm:px-6 sm:*:w-48 lg:mx-0 lg:grid lg:grid-cols-5 lg:px-0 lg:*:w-auto">
        {products.data?.items.map((product) => (
          <ProductCard key={product.id} product={product} heading="h3" onAdd={onAdd} />
        )) ?? Array.from({ length: shown }, (_, index) => <ProductSkeleton key={index} />)}
      </ul>
    </section>
  );
}

import { Button } from '@/components/ui/button';
import { ButtonLink } from '@/components/ui/button-link';
import { EmptyState } from '@/components/ui/empty-state';
import { LoadError } from '@/components/ui/load-error';
import { PageTitle } from '@/components/ui/page-title';
import { Pagination } from '@/components/ui/pagination';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import type { Product } from '@/types/api';
import { pageSize, useProducts } from '../api/get-products';
import { hasFilters, isFrontPage } from '../catalogue-search';
import { productsId, useCatalogueSearch } from '../hooks/use-catalogue-search';
import { FilterBar } from './filter-bar';
import { ProductGrid, ProductGridSkeleton } from './product-grid';
import { SectionTitle } from './section-title';
import { ShopFront } from './shop-front';

/** What the address bar asks for: some of the products, or the front of the shop with all of them. */
export function Catalogue({ onAdd }: { onAdd: (product: Product) => void }) {
  const { t } = useTranslate();
  const { search } = useCatalogueSearch();
  const products = useProducts(search);

  // What fits on one page needs nothing that leads into it.
  const hasFront = isFrontPage(search) && !products.isError && (products.data?.total ?? Infinity) > pageSize;
  const title = search.q ? t('catalogue.titleSearch', { q: search.q }) : search.category || t('catalogue.title');
  const count = (
    <p role="status" className="text-sm text-ink-faint">
      {products.data && t('catalogue.count', { count: products.data.total })}
    </p>
  );
  const results = (
    <>
      <FilterBar />
      <div className="pb-10">
        <Results products={products} heading={hasFront ? 'h3' : 'h2'} onAdd={onAdd} />
      </div>
    </>
  );

  if (!hasFront) {
    return (
      <>
        <PageTitle title={title}>{count}</PageTitle>
        {results}
      </>
    );
  }
  return (
    <>
      <ShopFront newest={products.isPlaceholderData ? undefined : products.data?.items} onAdd={onAdd} />
      <section id={productsId} aria-labelledby="all-products" className="scroll-mt-26 pt-10 sm:pt-14 md:scroll-mt-28">
        <SectionTitle id="all-products" title={title}>
          {count}
        </SectionTitle>
        {results}
      </section>
    </>
  );
}

type ResultsProps = {
  products: ReturnType<typeof useProducts>;
  heading: 'h2' | 'h3';
  onAdd: (product: Product) => void;
};

function Results({ products, heading, onAdd }: ResultsProps) {
  const { search, getHref } = useCatalogueSearch();
  if (products.data?.items.length) {
    return (
      <>
        <ProductGrid
          products={products.data.items}
          stale={products.isPlaceholderData}
          heading={heading}
          onAdd={onAdd}
        />
        <Pagination
          page={search.page}
          size={pageSize}
          total={products.data.total}
          getHref={(page) => getHref({ page })}
        />
      </>
    );
  }
  if (products.isError) return <LoadError error={products.error} onRetry={() => void products.refetch()} />;
  return products.data ? <NothingFound /> : <ProductGridSkeleton />;
}

function NothingFound() {
  const { t } = useTranslate();
  const { search, change } = useCatalogueSearch();
  return (
    <EmptyState title={t('catalogue.empty.title')} text={t('catalogue.empty.text')}>
      {hasFilters(search) && (
        <Button variant="secondary" onPress={() => void change({ minPrice: null, maxPrice: null, inStock: false })}>
          {t('filter.clear')}
        </Button>
      )}
      <ButtonLink variant="secondary" to={paths.catalogue.getHref()}>
        {t('catalogue.all')}
      </ButtonLink>
    </EmptyState>
  );
}

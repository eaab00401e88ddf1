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
import { hasFilters } from '../catalogue-search';
import { useCatalogueSearch } from '../hooks/use-catalogue-search';
import { FilterBar } from './filter-bar';
import { ProductGrid, ProductGridSkeleton } from './product-grid';

/** The shop window: what the address bar asks for. */
export function Catalogue({ onAdd }: { onAdd: (product: Product) => void }) {
  const { t } = useTranslate();
  const { search } = useCatalogueSearch();
  const products = useProducts(search);

  const title = search.q ? t('catalogue.titleSearch', { q: search.q }) : search.category || t('catalogue.title');

  return (
    <>
      <PageTitle title={title}>
        <p role="status" className="text-sm text-ink-faint">
          {products.data && t('catalogue.count', { count: products.data.total })}
        </p>
      </PageTitle>
      <FilterBar />
      <Results products={products} onAdd={onAdd} />
    </>
  );
}

type ResultsProps = { products: ReturnType<typeof useProducts>; onAdd: (product: Product) => void };

function Results({ products, onAdd }: ResultsProps) {
  const { search, getHref } = useCatalogueSearch();
  if (products.data?.items.length) {
    return (
      <>
        <ProductGrid products={products.data.items} stale={products.isPlaceholderData} onAdd={onAdd} />
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

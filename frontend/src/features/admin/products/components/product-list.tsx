import { ButtonLink } from '@/components/ui/button-link';
import type { Column } from '@/components/ui/data-table';
import { ExportButton } from '@/components/ui/export-button';
import { FilterToggle, ListFilters, ListSearch } from '@/components/ui/list-filters';
import { NoneFound } from '@/components/ui/none-found';
import { PageTitle } from '@/components/ui/page-title';
import { PagedTable } from '@/components/ui/paged-table';
import { Price } from '@/components/ui/price';
import { ProductPicture } from '@/components/ui/product-picture';
import { Select } from '@/components/ui/select';
import { PlusIcon } from '@/components/ui/work-icons';
import { paths } from '@/config/paths';
import { formatDate } from '@/lib/dates';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { oneOf, useListAddress } from '@/lib/use-list-address';
import type { Product } from '@/types/api';
import { exportProducts } from '../api/export-products';
import { useCategoryNames } from '../api/get-categories';
import { useProducts } from '../api/get-products';
import { filterKeys, lowStock, sorts, statuses, statusLabels } from '../product-filters';
import { ProductStatusBadge } from './product-status-badge';
import { StockCount } from './stock-count';

const sortLabels: Record<(typeof sorts)[number], AdminKey> = {
  newest: 'products.sort.newest',
  name: 'products.sort.name',
  priceAsc: 'products.sort.priceAsc',
  priceDesc: 'products.sort.priceDesc',
  stock: 'products.sort.stock',
};

/** All products, including discontinued ones. */
export function ProductList() {
  const { t, language } = useTranslate(adminWords);
  const { filters, page, hasFilters, getHref, change, clearHref } = useListAddress(filterKeys);
  const products = useProducts(filters, page);
  const categories = useCategoryNames();
  const columns = useColumns();
  return (
    <>
      <PageTitle title={t('products.title')}>
        <div className="flex gap-2">
          <ExportButton request={() => exportProducts(filters, language)} name="products" />
          <ButtonLink size="small" to={paths.admin.newProduct.getHref()}>
            <PlusIcon />
            {t('products.new')}
          </ButtonLink>
        </div>
      </PageTitle>
      <ListFilters
        label={t('listing.filters')}
        count={products.data && t('products.count', { count: products.data.total })}
      >
        <ListSearch label={t('products.search')} value={filters.q} onChange={(q) => change({ q })} />
        <Select
          compact
          label={t('products.category')}
          value={filters.category}
          onChange={(category) => change({ category })}
          choices={[
            { value: '', label: t('products.allCategories') },
            ...categories.map((name) => ({ value: name, label: name })),
          ]}
        />
        <Select
          compact
          label={t('products.status')}
          value={oneOf(statuses, filters.status) ?? ''}
          onChange={(status) => change({ status })}
          choices={[
            { value: '', label: t('products.allStatuses') },
            ...statuses.map((status) => ({ value: status, label: t(statusLabels[status]) })),
          ]}
        />
        <Select
          compact
          label={t('products.sort')}
          value={oneOf(sorts, filters.sort) ?? 'newest'}
          onChange={(sort) => change({ sort: sort === 'newest' ? '' : sort })}
          choices={sorts.map((sort) => ({ value: sort, label: t(sortLabels[sort]) }))}
        />
        <FilterToggle
          isSelected={filters.stockBelow !== ''}
          onChange={(few) => change({ stockBelow: few ? String(lowStock) : '' })}
        >
          {t('products.lowStock', { count: filters.stockBelow || lowStock })}
        </FilterToggle>
      </ListFilters>
      <PagedTable
        label={t('products.title')}
        list={products}
        columns={columns}
        getKey={({ id }) => id}
        getHref={({ id }) => paths.admin.product.getHref(id)}
        getPageHref={(wanted) => getHref({ page: wanted })}
        empty={<NoneFound title={t('products.empty')} clearHref={hasFilters && clearHref} />}
      />
    </>
  );
}

function useColumns(): Column<Product>[] {
  const { t, language } = useTranslate(adminWords);
  return [
    {
      id: 'name',
      header: t('products.name'),
      isRowHeader: true,
      render: ({ name, imageUrl, status }) => (
        <span className="flex items-center gap-3">
          <span className="w-10 shrink-0">
            <ProductPicture src={imageUrl} faded={status === 'DISCONTINUED'} />
          </span>
          <span className="line-clamp-2">{name}</span>
        </span>
      ),
    },
    { id: 'category', header: t('products.category'), render: ({ category }) => category ?? '', width: 'w-32' },
    {
      id: 'price',
      header: t('products.price'),
      align: 'end',
      render: ({ price }) => <Price amount={price} />,
      width: 'w-32',
    },
    {
      id: 'stock',
      header: t('products.stock'),
      align: 'end',
      render: ({ stock }) => <StockCount stock={stock} />,
      width: 'w-24',
    },
    {
      id: 'status',
      header: t('products.status'),
      onCard: 'aside',
      render: ({ status }) => <ProductStatusBadge status={status} />,
      width: 'w-28',
    },
    {
      id: 'updatedAt',
      header: t('products.updatedAt'),
      align: 'end',
      onCard: 'hidden',
      render: ({ updatedAt }) => <span className="whitespace-nowrap">{formatDate(updatedAt, language)}</span>,
      width: 'w-36',
    },
  ];
}

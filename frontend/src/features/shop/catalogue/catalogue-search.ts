import type { MessageKey } from '@/lib/i18n/translate';
import { parsePage } from '@/lib/pages';

export const sorts = ['newest', 'priceAsc', 'priceDesc', 'name'] as const;

export type Sort = (typeof sorts)[number];

export const sortLabels: Record<Sort, MessageKey> = {
  newest: 'catalogue.sort.newest',
  priceAsc: 'catalogue.sort.priceAsc',
  priceDesc: 'catalogue.sort.priceDesc',
  name: 'catalogue.sort.name',
};

/** What the shopper asked to see. The address bar is where it is kept. */
export type CatalogueSearch = {
  q: string;
  category: string;
  minPrice: number | null;
  maxPrice: number | null;
  inStock: boolean;
  sort: Sort;
  page: number;
};

/** Reads a search from an address; what makes no sense there is left out. */
export function parseSearch(params: URLSearchParams): CatalogueSearch {
  const sort = params.get('sort');
  return {
    q: params.get('q')?.trim().slice(0, 100) ?? '',
    category: params.get('category') ?? '',
    minPrice: wholeNumber(params.get('minPrice')),
    maxPrice: wholeNumber(params.get('maxPrice')),
    inStock: params.get('inStock') === 'true',
    sort: sorts.find((known) => known === sort) ?? 'newest',
    page: parsePage(params.get('page')),
  };
}

/** Writes a search as a query string, without what is the default anyway. */
export function toQuery(search: Partial<CatalogueSearch>): string {
  const params = new URLSearchParams();
  if (search.q) params.set('q', search.q);
  if (search.category) params.set('category', search.category);
  if (search.minPrice != null) params.set('minPrice', String(search.minPrice));
  if (search.maxPrice != null) params.set('maxPrice', String(search.maxPrice));
  if (search.inStock) params.set('inStock', 'true');
  if (search.sort && search.sort !== 'newest') params.set('sort', search.sort);
  if (search.page && search.page > 1) params.set('page', String(search.page));
  return params.toString();
}

export const hasFilters = (search: CatalogueSearch) =>
  search.minPrice !== null || search.maxPrice !== null || search.inStock;

export const isFrontPage = (search: CatalogueSearch) => toQuery(search) === '';

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,8}$/.test(text) ? Number(text) : null;
}

import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { paths } from '@/config/paths';
import { isFrontPage, parseSearch, toQuery, type CatalogueSearch } from '../catalogue-search';

/** Where the products begin on a page. */
export const productsId = 'products';

/** The search in the address bar, and ways to change it. Every change but paging starts again at page 1. */
export function useCatalogueSearch() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const search = useMemo(() => parseSearch(params), [params]);

  // The front page has more than the products: who chose among them goes on at the products.
  const getHref = (change: Partial<CatalogueSearch>) =>
    paths.catalogue.getHref(toQuery({ ...search, page: 1, ...change })) + (isFront(change) ? `#${productsId}` : '');
  const isFront = (change: Partial<CatalogueSearch>) => isFrontPage({ ...search, page: 1, ...change });
  /** Whether the shopper stays where they are on the page: what is above the products is the same before and after. */
  const keepsPlace = (change: Partial<CatalogueSearch>) => !isFrontPage(search) && !isFront(change);
  const change = (change: Partial<CatalogueSearch>) =>
    navigate(getHref(change), { preventScrollReset: keepsPlace(change) });

  return { search, getHref, keepsPlace, change };
}

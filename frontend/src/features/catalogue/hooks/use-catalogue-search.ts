import { useMemo } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { paths } from '@/config/paths';
import { parseSearch, toQuery, type CatalogueSearch } from '../catalogue-search';

/** The search in the address bar, and ways to change it. Every change but paging starts again at page 1. */
export function useCatalogueSearch() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const search = useMemo(() => parseSearch(params), [params]);

  const getHref = (change: Partial<CatalogueSearch>) =>
    paths.catalogue.getHref(toQuery({ ...search, page: 1, ...change }));
  const change = (change: Partial<CatalogueSearch>) => navigate(getHref(change), { preventScrollReset: true });

  return { search, getHref, change };
}

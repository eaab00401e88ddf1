import { useNavigate, useSearchParams } from 'react-router';
import { parsePage } from './pages';

type Filters<Key extends string> = Record<Key, string>;

/**
 * What a list shows, kept in the address: its filters by name (empty without one) and its page. Changing a filter starts
 * again at page 1.
 */
export function useListAddress<Key extends string>(keys: readonly Key[]) {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const filters = Object.fromEntries(
    keys.map((key) => [key, params.get(key)?.trim().slice(0, 100) ?? '']),
  ) as Filters<Key>;
  const page = parsePage(params.get('page'));

  /** The same list with some filters changed, or another page of it. */
  const getHref = (change: Partial<Filters<Key>> & { page?: number }) => {
    const { page: wanted = 1, ...changed } = change;
    const next = new URLSearchParams();
    for (const [key, value] of Object.entries<string>({ ...filters, ...changed })) if (value) next.set(key, value);
    if (wanted > 1) next.set('page', String(wanted));
    return next.size > 0 ? `?${next}` : '?';
  };

  return {
    filters,
    page,
    hasFilters: keys.some((key) => filters[key] !== ''),
    getHref,
    change: (change: Partial<Filters<Key>>) => void navigate(getHref(change), { preventScrollReset: true }),
    /** Without filters. */
    clearHref: '?',
  };
}

/** A filter's value if it is one of those known; what else an address may hold counts as none. */
export const oneOf = <Value extends string>(known: readonly Value[], value: string): Value | undefined =>
  known.find((candidate) => candidate === value);

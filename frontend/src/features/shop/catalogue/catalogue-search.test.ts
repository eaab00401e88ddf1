import { describe, expect, it } from 'vitest';
import { parseSearch, toQuery, type CatalogueSearch } from './catalogue-search';

describe('the search in the address bar', () => {
  it('survives being written and read', () => {
    const search: CatalogueSearch = {
      q: '제주 감귤',
      category: '식품',
      minPrice: 0,
      maxPrice: 30_000,
      inStock: true,
      sort: 'priceAsc',
      page: 3,
    };
    expect(parseSearch(new URLSearchParams(toQuery(search)))).toEqual(search);
  });

  it('writes nothing for the front page', () => {
    expect(toQuery(parseSearch(new URLSearchParams()))).toBe('');
  });

  it.each(['page=0', 'page=-1', 'page=abc', 'sort=random', 'minPrice=1e9', 'maxPrice=-5', 'inStock=maybe'])(
    'ignores %s',
    (query) => {
      expect(toQuery(parseSearch(new URLSearchParams(query)))).toBe('');
    },
  );
});

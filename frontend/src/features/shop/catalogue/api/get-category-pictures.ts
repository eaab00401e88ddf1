import { useQueries } from '@tanstack/react-query';
import type { Product } from '@/types/api';
import { parseSearch } from '../catalogue-search';
import { foundQuery } from './get-products';

/** A picture for each category: of its newest product among those known, or else of the newest one it has. */
export function useCategoryPictures(names: readonly string[], known: readonly Product[]) {
  const pictures = new Map<string, string>();
  for (const { category, imageUrl } of known) {
    if (category && imageUrl && !pictures.has(category)) pictures.set(category, imageUrl);
  }
  const missing = names.filter((name) => !pictures.has(name));
  const answers = useQueries({
    queries: missing.map((category) => foundQuery(parseSearch(new URLSearchParams({ category })), 1)),
  });
  missing.forEach((name, index) => {
    const picture = answers[index]?.data?.items[0]?.imageUrl;
    if (picture) pictures.set(name, picture);
  });
  return pictures;
}

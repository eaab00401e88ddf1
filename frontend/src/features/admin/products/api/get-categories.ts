import { useQuery } from '@tanstack/react-query';
import { categoriesQuery } from '@/api/products';

/** The categories' names; none while they are not known, for they only help to fill in. */
export function useCategoryNames(): string[] {
  const { data = [] } = useQuery(categoriesQuery);
  return data.map(({ name }) => name);
}

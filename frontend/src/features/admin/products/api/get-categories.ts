import { useQuery } from '@tanstack/react-query';
import { categoriesQuery } from '@/api/products';

/** Category names, as suggestions: empty until they are loaded. */
export function useCategoryNames(): string[] {
  const { data = [] } = useQuery(categoriesQuery);
  return data.map(({ name }) => name);
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { adminProductsQuery } from '@/api/products';
import { toQuery, type ProductFilters } from '../product-filters';

export const useProducts = (filters: ProductFilters, page: number) =>
  useQuery({ ...adminProductsQuery({ ...toQuery(filters), page, size: 20 }), placeholderData: keepPreviousData });

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ordersQuery } from '@/api/orders';
import { toQuery, type OrderFilters } from '../order-filters';

export const pageSize = 20;

/** Everyone's orders that match the filters. */
export const useOrders = (filters: OrderFilters, page: number) =>
  useQuery({ ...ordersQuery({ ...toQuery(filters), page, size: pageSize }), placeholderData: keepPreviousData });

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ordersQuery } from '@/api/orders';

export const pageSize = 10;

/** The orders of one shopper: an administrator would get everyone's without saying whose. */
export const useOrders = (userId: number, page: number) =>
  useQuery({ ...ordersQuery({ userId, page, size: pageSize }), placeholderData: keepPreviousData });

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { paymentsQuery } from '@/api/payments';
import { toQuery, type PaymentFilters } from '../payment-filters';

export const pageSize = 20;

export const usePayments = (filters: PaymentFilters, page: number) =>
  useQuery({ ...paymentsQuery({ ...toQuery(filters), page, size: pageSize }), placeholderData: keepPreviousData });

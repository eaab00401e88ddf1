import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { refundsQuery } from '@/api/payments';
import type { RefundStatus } from '@/types/api';

export const pageSize = 20;

/** Which refunds: those in one status, or those that Toss refused and nobody has seen to. */
export type RefundFilter = { status?: RefundStatus; refused?: true };

/** Refunds of everyone's payments. */
export const useRefunds = (filter: RefundFilter, page: number) =>
  useQuery({ ...refundsQuery({ ...filter, page, size: pageSize }), placeholderData: keepPreviousData });

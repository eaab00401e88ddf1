import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { unpaidTransfersQuery } from '@/api/orders';

/** Orders awaiting a bank transfer, by deadline; polled. */
export const useQueue = (q: string) =>
  useQuery({ ...unpaidTransfersQuery(q), placeholderData: keepPreviousData, refetchInterval: 30_000 });

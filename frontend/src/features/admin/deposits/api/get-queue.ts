import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { unpaidTransfersQuery } from '@/api/orders';

/** Orders whose bank transfer has not come, by deadline. New ones appear by themselves. */
export const useQueue = (q: string) =>
  useQuery({ ...unpaidTransfersQuery(q), placeholderData: keepPreviousData, refetchInterval: 30_000 });

import { useQuery } from '@tanstack/react-query';
import { unpaidTransfersQuery } from '@/api/orders';

/** Orders awaiting a bank transfer, by deadline. */
export const useUnpaidDeposits = () => useQuery({ ...unpaidTransfersQuery(), refetchInterval: 60_000 });

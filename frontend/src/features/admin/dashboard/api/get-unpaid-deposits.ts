import { useQuery } from '@tanstack/react-query';
import { unpaidTransfersQuery } from '@/api/orders';

/** Orders whose transfer has not arrived, those that expire first in front. */
export const useUnpaidDeposits = () => useQuery({ ...unpaidTransfersQuery(), refetchInterval: 60_000 });

import { useQuery } from '@tanstack/react-query';
import { refundsQuery } from '@/api/payments';

/** The number of refunds that Toss refused and nobody has handled. */
export const useRefusedRefunds = () =>
  useQuery({ ...refundsQuery({ refused: true, size: 1 }), select: ({ total }) => total });

/** The number of refunds to transfer by hand. */
export const useRefundsToTransfer = () =>
  useQuery({ ...refundsQuery({ status: 'TO_TRANSFER', size: 1 }), select: ({ total }) => total });

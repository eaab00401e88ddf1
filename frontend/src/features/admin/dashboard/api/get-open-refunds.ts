import { useQuery } from '@tanstack/react-query';
import { refundsQuery } from '@/api/payments';

/** How many refunds wait for somebody because Toss has refused them. */
export const useRefusedRefunds = () =>
  useQuery({ ...refundsQuery({ refused: true, size: 1 }), select: ({ total }) => total });

/** How many refunds wait for somebody to transfer them. */
export const useRefundsToTransfer = () =>
  useQuery({ ...refundsQuery({ status: 'TO_TRANSFER', size: 1 }), select: ({ total }) => total });

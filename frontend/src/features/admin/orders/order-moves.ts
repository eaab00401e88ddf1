import type { Order, OrderStatus } from '@/types/api';

const moves: Record<OrderStatus, OrderStatus[]> = {
  PENDING: ['CONFIRMED', 'CANCELLED'],
  CONFIRMED: ['SHIPPING', 'CANCELLED'],
  SHIPPING: ['DELIVERED'],
  DELIVERED: [],
  CANCELLED: [],
};

/** Where the order may go from where it is, the next step first; order-svc judges again. */
export const movesOf = ({ status }: Pick<Order, 'status'>): readonly OrderStatus[] => moves[status];

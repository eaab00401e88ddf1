import type { Order, OrderStatus } from '@/types/api';

const moves: Record<OrderStatus, OrderStatus[]> = {
  PENDING: ['CONFIRMED', 'CANCELLED'],
  CONFIRMED: ['SHIPPING', 'CANCELLED'],
  SHIPPING: ['DELIVERED'],
  DELIVERED: [],
  CANCELLED: [],
};

/** The statuses an order may move to, the next one first. order-svc checks again. */
export const movesOf = ({ status }: Pick<Order, 'status'>): readonly OrderStatus[] => moves[status];

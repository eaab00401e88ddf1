import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '@/lib/api-client';
import type { Order, PaymentMethod, Recipient } from '@/types/api';

export type NewOrder = {
  userId: number;
  email: string;
  items: { productId: number; quantity: number }[];
  paymentMethod: PaymentMethod;
  recipient: Recipient;
  depositorName?: string;
};

/** Places the order. The same order sent again, after an answer that never came, is still one order. */
export function useCreateOrder({ onPlaced }: { onPlaced: (order: Order) => void }) {
  const queries = useQueryClient();
  const attempt = useRef({ content: '', key: '' });
  return useMutation({
    mutationFn: (order: NewOrder) => {
      const content = JSON.stringify(order);
      if (attempt.current.content !== content) attempt.current = { content, key: newKey() };
      return api<Order>('/api/orders', {
        method: 'POST',
        body: order,
        headers: { 'Idempotency-Key': attempt.current.key },
      });
    },
    onSuccess: (order) => {
      queries.setQueryData(['orders', 'detail', order.id], order);
      void queries.invalidateQueries({ queryKey: ['orders', 'list'] });
      onPlaced(order);
    },
    // What was ordered, or what could not be, changed what the shop window says.
    onSettled: () => queries.invalidateQueries({ queryKey: ['products'] }),
  });
}

const newKey = () => Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');

import { useQuery } from '@tanstack/react-query';
import { api } from '@/lib/api-client';
import { startOfDay } from '@/lib/dates';
import type { OrderStatus, PaymentMethod, PaymentStatus } from '@/types/api';

export type MoneyTotals = { count: number; amount: number; refundedAmount: number };

/** Something that differs, with what each side has. */
export type Difference = {
  kind: string;
  orderNumber: string;
  since: string;
  order?: { id: number; status: OrderStatus; totalPrice: number } | null;
  payment?: {
    id: number;
    method: PaymentMethod;
    status: PaymentStatus;
    amount: number;
    refundedAmount: number;
  } | null;
  toss?: { paymentKey: string; status: string; totalAmount: number; refundedAmount: number } | null;
};

export type Reconciliation = {
  from: string;
  to: string;
  checkedAt: string;
  graceSeconds: number;
  orders: { count: number; paid: number; paidAmount: number };
  payments: MoneyTotals;
  toss: MoneyTotals;
  differences: Difference[];
  settling: Difference[];
  counts: Record<string, number>;
  isTruncated: boolean;
};

/** Both days are included, as the reader's zone has them. */
export type Period = { from: string; to: string };

export function useReconciliation({ from, to }: Period) {
  return useQuery({
    queryKey: ['reconciliation', from, to],
    queryFn: ({ signal }) => {
      const query = new URLSearchParams({ from: startOfDay(from), to: startOfDay(to, 1) });
      return api<Reconciliation>(`/api/payments/reconciliation?${query}`, { signal });
    },
    // Comparing is work for three services: it is done when somebody asks for it.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

import { useQuery } from '@tanstack/react-query';
import type { components } from '@/api/payment-svc';
import { reconciliationQuery } from '@/api/payments';
import { startOfDay } from '@/lib/dates';

type Schemas = components['schemas'];

export type Reconciliation = Schemas['ReconciliationReport'];

/** One difference, with what each side has. */
export type Difference = Schemas['Difference'];

export type MoneyTotals = Schemas['MoneyTotals'];

/** Both days are included, in the reader's time zone. */
export type Period = { from: string; to: string };

export function useReconciliation({ from, to }: Period) {
  return useQuery({
    ...reconciliationQuery({ from: startOfDay(from), to: startOfDay(to, 1) }),
    // Comparing keeps three services busy, so it runs only on request.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

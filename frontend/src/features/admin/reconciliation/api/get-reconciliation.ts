import { useQuery } from '@tanstack/react-query';
import type { components } from '@/api/payment-svc';
import { reconciliationQuery } from '@/api/payments';
import { startOfDay } from '@/lib/dates';

type Schemas = components['schemas'];

export type Reconciliation = Schemas['ReconciliationReport'];

/** Something that differs, with what each side has. */
export type Difference = Schemas['Difference'];

export type MoneyTotals = Schemas['MoneyTotals'];

/** Both days are included, as the reader's zone has them. */
export type Period = { from: string; to: string };

export function useReconciliation({ from, to }: Period) {
  return useQuery({
    ...reconciliationQuery({ from: startOfDay(from), to: startOfDay(to, 1) }),
    // Comparing is work for three services: it is done when somebody asks for it.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

import { ReconciliationView } from '@/features/reconciliation/components/reconciliation-view';
import { RequireAdmin } from '../../require-admin';

export function Component() {
  return (
    <RequireAdmin>
      <ReconciliationView />
    </RequireAdmin>
  );
}

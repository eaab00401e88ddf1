export { ReconciliationView as Component } from '@/features/admin/reconciliation/components/reconciliation-view';

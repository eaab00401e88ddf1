export { ReconciliationView as Component } from '@/features/reconciliation/components/reconciliation-view';

export { RefundList as Component } from '@/features/payments-admin/components/refund-list';

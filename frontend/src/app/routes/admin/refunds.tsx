export { RefundList as Component } from '@/features/admin/payments/components/refund-list';

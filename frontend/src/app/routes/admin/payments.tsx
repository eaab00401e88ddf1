export { PaymentList as Component } from '@/features/payments-admin/components/payment-list';

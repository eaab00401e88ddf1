export { OrderList as Component } from '@/features/admin/orders/components/order-list';

export { OrderList as Component } from '@/features/orders-admin/components/order-list';

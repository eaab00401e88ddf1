export { ProductList as Component } from '@/features/product-admin/components/product-list';

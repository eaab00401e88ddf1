export { ProductList as Component } from '@/features/admin/products/components/product-list';

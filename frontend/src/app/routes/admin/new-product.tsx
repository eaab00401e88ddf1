export { NewProduct as Component } from '@/features/admin/products/components/new-product';

export { NewProduct as Component } from '@/features/product-admin/components/new-product';

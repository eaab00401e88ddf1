export { CartView as Component } from '@/features/shop/cart/components/cart-view';

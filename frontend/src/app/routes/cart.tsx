import { useProductsInCart } from '../use-products-in-cart';
import { CartView } from '@/features/shop/cart/components/cart-view';

export function Component() {
  return <CartView products={useProductsInCart()} />;
}

import { useCart } from '@/features/shop/cart/stores/cart-store';
import { useProductsById } from '@/features/shop/catalogue/api/get-product';

/** The products in the cart as they are now. */
export function useProductsInCart() {
  const lines = useCart((cart) => cart.lines);
  return useProductsById(lines.map((line) => line.productId));
}

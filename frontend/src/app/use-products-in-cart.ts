import { useCart } from '@/features/cart/stores/cart-store';
import { useProductsById } from '@/features/catalogue/api/get-product';

/** The products in the cart as they are now. */
export function useProductsInCart() {
  const lines = useCart((cart) => cart.lines);
  return useProductsById(lines.map((line) => line.productId));
}

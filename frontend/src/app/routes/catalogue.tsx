import { Catalogue } from '@/features/shop/catalogue/components/catalogue';
import { useAddToCart } from '@/features/shop/cart/use-add-to-cart';

export function Component() {
  const addToCart = useAddToCart();
  return <Catalogue onAdd={(product) => addToCart(product)} />;
}

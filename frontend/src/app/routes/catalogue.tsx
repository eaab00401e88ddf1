import { Catalogue } from '@/features/shop/catalogue/components/catalogue';
import { useAddToCart } from '../use-add-to-cart';

export function Component() {
  const addToCart = useAddToCart();
  return <Catalogue onAdd={(product) => addToCart(product)} />;
}

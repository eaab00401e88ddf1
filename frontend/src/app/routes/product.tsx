import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { productQuery } from '@/api/products';
import { LoadError } from '@/components/ui/load-error';
import { paths } from '@/config/paths';
import { ProductView } from '@/features/shop/catalogue/components/product-view';
import { ProductViewSkeleton } from '@/features/shop/catalogue/components/product-view-skeleton';
import { toApiError } from '@/lib/problem';
import { useAddToCart } from '@/features/shop/cart/use-add-to-cart';
import { NotFound } from './not-found';

export function Component() {
  const { productId } = useParams();
  return /^[1-9]\d{0,15}$/.test(productId ?? '') ? (
    <ProductPage key={productId} id={Number(productId)} />
  ) : (
    <NotFound />
  );
}

function ProductPage({ id }: { id: number }) {
  const navigate = useNavigate();
  const addToCart = useAddToCart();
  const product = useQuery(productQuery(id));

  if (product.data) {
    return (
      <ProductView
        product={product.data}
        onAdd={addToCart}
        onBuy={(chosen, quantity) => {
          if (!addToCart(chosen, quantity, { quietly: true })) return;
          void navigate(paths.cart.getHref());
        }}
      />
    );
  }
  if (!product.isError) return <ProductViewSkeleton />;
  return toApiError(product.error).status === 404 ? (
    <NotFound />
  ) : (
    <LoadError error={product.error} onRetry={() => void product.refetch()} />
  );
}

import { useQuery } from '@tanstack/react-query';
import { productQuery } from '@/api/products';
import { ProductPicture } from '@/components/ui/product-picture';

/** An order keeps a product's id, name and price, not its picture. */
export function PictureOfProduct({ id }: { id: number }) {
  const product = useQuery(productQuery(id));
  return <ProductPicture src={product.data?.imageUrl} />;
}

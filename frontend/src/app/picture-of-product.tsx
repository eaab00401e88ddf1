import { ProductPicture } from '@/components/ui/product-picture';
import { useProduct } from '@/features/shop/catalogue/api/get-product';

/** The picture of a product of which only the id is known, as of those that were ordered. */
export function PictureOfProduct({ id }: { id: number }) {
  return <ProductPicture src={useProduct(id).data?.imageUrl} />;
}

import { Link } from 'react-router';
import { Price } from '@/components/ui/price';
import { ProductPicture } from '@/components/ui/product-picture';
import { Skeleton } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import type { Product } from '@/types/api';
import { isBuyable } from '../stock';

/** One large and four small; phones show two of the small ones. */
const shown = 5;

const placeOf = (index: number) => (index === 0 ? 'col-span-2 md:row-span-2' : index > 2 ? 'max-md:hidden' : undefined);

const shapeOf = (index: number) =>
  `rounded-2xl ${index === 0 ? 'aspect-[4/3] md:aspect-auto md:min-h-0 md:flex-1' : 'aspect-square lg:aspect-[3/2]'}`;

/** The newest products that can be had, in pictures. */
export function NewArrivals({ newest }: { newest: Product[] | undefined }) {
  const products = newest?.filter((product) => product.imageUrl && isBuyable(product)).slice(0, shown);
  return (
    <ul className="grid grid-cols-2 gap-x-3 gap-y-5 md:grid-cols-4 lg:gap-x-4">
      {Array.from({ length: products?.length ?? shown }, (_, index) => {
        const product = products?.[index];
        return (
          <li key={index} className={placeOf(index)}>
            {product ? <Tile product={product} shape={shapeOf(index)} /> : <TileSkeleton shape={shapeOf(index)} />}
          </li>
        );
      })}
    </ul>
  );
}

function Tile({ product, shape }: { product: Product; shape: string }) {
  return (
    <Link to={paths.product.getHref(product.id)} className="group flex h-full flex-col rounded-2xl">
      <ProductPicture src={product.imageUrl} eager shape={shape} />
      <span className="mt-2.5 truncate text-[15px] leading-6 group-hover:underline group-hover:underline-offset-4">
        {product.name}
      </span>
      <strong className="text-[17px] leading-6 tracking-tight">
        <Price amount={product.price} />
      </strong>
    </Link>
  );
}

function TileSkeleton({ shape }: { shape: string }) {
  return (
    <div className="flex h-full flex-col">
      <Skeleton className={shape} />
      <Skeleton className="mt-3.5 mb-1 h-4 w-3/5" />
      <Skeleton className="mt-1 mb-0.5 h-4.5 w-2/5" />
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { categoriesQuery } from '@/api/products';
import { ProductPicture } from '@/components/ui/product-picture';
import { Skeleton } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import type { Product } from '@/types/api';
import { useCategoryPictures } from '../api/get-category-pictures';
import { toQuery } from '../catalogue-search';

/** As many as most shops have, while they are not known. */
const expected = 10;

/** The departments, each with a picture of something in it. */
export function CategoryTiles({ newest }: { newest: Product[] | undefined }) {
  const { t } = useTranslate();
  const { data: categories, isError } = useQuery(categoriesQuery);
  if (isError || categories?.length === 0) return null;
  return (
    <section aria-labelledby="departments">
      <h2 id="departments" className="sr-only">
        {t('front.categories')}
      </h2>
      <ul className="grid grid-cols-5 gap-x-2 gap-y-4 sm:gap-x-3 md:grid-cols-10 lg:gap-x-4">
        {categories && newest ? (
          <Tiles names={categories.map(({ name }) => name)} newest={newest} />
        ) : (
          Array.from({ length: expected }, (_, index) => (
            <li key={index}>
              <Skeleton className="aspect-square rounded-full" />
              <Skeleton className="mx-auto mt-2 h-5 w-4/5" />
            </li>
          ))
        )}
      </ul>
    </section>
  );
}

function Tiles({ names, newest }: { names: string[]; newest: Product[] }) {
  const pictures = useCategoryPictures(names, newest);
  return names.map((name) => (
    <li key={name}>
      <Link
        to={paths.catalogue.getHref(toQuery({ category: name }))}
        className="group block rounded-xl text-center text-xs leading-5 lg:text-sm"
      >
        <ProductPicture src={pictures.get(name)} eager shape="aspect-square rounded-full" />
        <span className="mt-2 block truncate group-hover:underline group-hover:underline-offset-4">{name}</span>
      </Link>
    </li>
  ));
}

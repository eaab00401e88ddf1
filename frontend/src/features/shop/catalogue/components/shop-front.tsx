import { useTranslate } from '@/lib/i18n/translate';
import { useTitle } from '@/lib/use-title';
import type { Product } from '@/types/api';
import { Bargains } from './bargains';
import { CategoryTiles } from './category-tiles';
import { NewArrivals } from './new-arrivals';

type ShopFrontProps = {
  /** The newest products, once they are known. */
  newest: Product[] | undefined;
  onAdd: (product: Product) => void;
};

/** What stands before all the products: what is new, the departments, what costs little. */
export function ShopFront({ newest, onAdd }: ShopFrontProps) {
  const { t } = useTranslate();
  useTitle();
  return (
    <div className="flex flex-col gap-10 pt-5 sm:gap-14 sm:pt-8">
      <section aria-labelledby="shop">
        <div className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5 pb-4">
          <h1 id="shop" className="text-[22px] leading-snug font-bold tracking-tight sm:text-[28px]">
            {t('front.title')}
          </h1>
          <p className="text-sm text-ink-faint sm:text-[15px]">{t('front.new')}</p>
        </div>
        <NewArrivals newest={newest} />
      </section>
      <CategoryTiles newest={newest} />
      <Bargains onAdd={onAdd} />
    </div>
  );
}

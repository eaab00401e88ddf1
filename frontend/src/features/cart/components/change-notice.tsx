import { Button } from '@/components/ui/button';
import { useTranslate } from '@/lib/i18n/translate';
import { asAvailable, hasChanged, type ProductsNow } from '../cart-changes';
import { useCart } from '../stores/cart-store';

/** Says that something changed since it was put in the cart, and takes all of it over at once. */
export function ChangeNotice({ products, onAccept }: { products: ProductsNow; onAccept?: () => void }) {
  const { t } = useTranslate();
  const { lines, replace } = useCart();
  if (!hasChanged(lines, products)) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-xl bg-caution-wash px-5 py-4"
    >
      <div className="text-sm">
        <p className="font-bold text-caution">{t('cart.changed')}</p>
        <p className="mt-0.5 text-ink-soft">{t('cart.changedText')}</p>
      </div>
      <Button
        variant="secondary"
        size="small"
        onPress={() => {
          replace(asAvailable(lines, products));
          onAccept?.();
        }}
      >
        {t('cart.accept')}
      </Button>
    </div>
  );
}

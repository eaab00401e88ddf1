import { Button } from '@/components/ui/button';
import { Price } from '@/components/ui/price';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon, sumLines } from '@/lib/money';
import { asAvailable, hasChanged, type ProductsNow } from '../cart-changes';
import { useCart } from '../stores/cart-store';

type ChangeNoticeProps = {
  products: ProductsNow;
  onAccept?: () => void;
  /** Orders what can be had as it is now. */
  onOrder?: () => void;
};

/** Says that something changed since it was put in the cart, and takes all of it over, or orders it, at once. */
export function ChangeNotice({ products, onAccept, onOrder }: ChangeNoticeProps) {
  const { t, language } = useTranslate();
  const { lines, replace } = useCart();
  if (!hasChanged(lines, products)) return null;
  const available = asAvailable(lines, products);
  const [was, now] = [sumLines(lines), sumLines(available)];
  const canOrder = onOrder && available.length > 0;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-xl bg-caution-wash px-5 py-4"
    >
      <div className="text-sm">
        <p className="font-bold text-caution">{t('cart.changed')}</p>
        {was !== now && (
          <p className="mt-0.5">
            {t('order.total')}{' '}
            <del className="text-ink-soft">
              <Price amount={was} />
            </del>{' '}
            <ins className="font-bold no-underline">
              <Price amount={now} />
            </ins>
          </p>
        )}
        <p className="mt-0.5 text-ink-soft">{t(canOrder ? 'checkout.changedText' : 'cart.changedText')}</p>
      </div>
      {canOrder ? (
        <Button onPress={onOrder}>{t('checkout.orderChanged', { total: formatWon(now, language) })}</Button>
      ) : (
        <Button
          variant="secondary"
          size="small"
          onPress={() => {
            replace(available);
            onAccept?.();
          }}
        >
          {t('cart.accept')}
        </Button>
      )}
    </div>
  );
}

import { Button } from '@/components/ui/button';
import { Notice } from '@/components/ui/notice';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { formatWon } from '@/lib/money';
import type { Product } from '@/types/api';

type ChangedProductProps = {
  /** As the form loaded it. */
  before: Product;
  /** As it is now. */
  now: Product;
  onTake: () => void;
  onKeep: () => void;
};

/** Shows what somebody else has changed meanwhile and asks whose version counts. */
export function ChangedProduct({ before, now, onTake, onKeep }: ChangedProductProps) {
  const { t, language } = useTranslate(adminWords);
  const nothing = t('listing.nothing');
  const facts: [string, (product: Product) => string][] = [
    [t('products.name'), ({ name }) => name],
    [t('productForm.price'), ({ price }) => formatWon(price, language)],
    [t('products.category'), ({ category }) => category ?? nothing],
    [t('productForm.description'), ({ description }) => description || nothing],
    [t('picture.label'), ({ imageUrl }) => imageUrl ?? nothing],
    [
      t('products.status'),
      ({ status }) => t(status === 'DISCONTINUED' ? 'products.status.DISCONTINUED' : 'products.status.AVAILABLE'),
    ],
  ];
  const changes = facts.filter(([, say]) => say(before) !== say(now));
  return (
    <Notice tone="danger">
      <p className="font-semibold">{t('changed.title')}</p>
      <dl className="mt-2 flex flex-col gap-1">
        {changes.map(([name, say]) => (
          <div key={name} className="flex flex-wrap gap-x-2">
            <dt className="font-semibold">{name}</dt>
            <dd className="line-clamp-3 min-w-0 break-words">
              {t('changed.fromTo', { from: say(before), to: say(now) })}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-2">{t('changed.text')}</p>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button size="small" onPress={onTake}>
          {t('changed.take')}
        </Button>
        <Button size="small" variant="secondary" onPress={onKeep}>
          {t('changed.keep')}
        </Button>
      </div>
    </Notice>
  );
}

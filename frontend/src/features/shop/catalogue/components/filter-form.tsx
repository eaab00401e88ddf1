import { useState } from 'react';
import { buttonStyles } from '@/components/ui/button-styles';
import { useTranslate } from '@/lib/i18n/translate';
import type { CatalogueSearch } from '../catalogue-search';

type Filters = Pick<CatalogueSearch, 'minPrice' | 'maxPrice' | 'inStock'>;

type FilterFormProps = { filters: Filters; stacked?: boolean; onApply: (filters: Filters) => void };

const priceInput =
  'h-9 w-28 min-w-0 flex-1 rounded-lg border border-line bg-raised px-2.5 text-right text-sm tabular-nums placeholder:text-ink-faint focus:border-accent';

/** Price and stock. In a row what is ticked holds at once; stacked, in a sheet, everything waits for the button. */
export function FilterForm({ filters, stacked = false, onApply }: FilterFormProps) {
  const { t } = useTranslate();
  const [min, setMin] = useState(filters.minPrice?.toString() ?? '');
  const [max, setMax] = useState(filters.maxPrice?.toString() ?? '');
  const [inStock, setInStock] = useState(filters.inStock);

  function apply(ticked: boolean) {
    const [low, high] = [toAmount(min), toAmount(max)];
    const swapped = low !== null && high !== null && low > high;
    onApply({ minPrice: swapped ? high : low, maxPrice: swapped ? low : high, inStock: ticked });
  }

  return (
    <form
      className={stacked ? 'flex flex-col gap-5' : 'flex flex-wrap items-center gap-x-5 gap-y-2'}
      onSubmit={(event) => {
        event.preventDefault();
        apply(inStock);
      }}
    >
      <fieldset className="flex items-center gap-1.5">
        <legend className={stacked ? 'mb-2 text-sm font-semibold' : 'sr-only'}>{t('filter.price')}</legend>
        <input
          value={min}
          onChange={(event) => setMin(digits(event.target.value))}
          inputMode="numeric"
          aria-label={t('filter.minPrice')}
          placeholder={t('filter.minPrice')}
          className={priceInput}
        />
        <span aria-hidden="true" className="text-ink-faint">
          –
        </span>
        <input
          value={max}
          onChange={(event) => setMax(digits(event.target.value))}
          inputMode="numeric"
          aria-label={t('filter.maxPrice')}
          placeholder={t('filter.maxPrice')}
          className={priceInput}
        />
        {!stacked && (
          <button className={buttonStyles({ variant: 'secondary', size: 'small' })}>{t('filter.apply')}</button>
        )}
      </fieldset>
      <label className="flex h-9 cursor-pointer items-center gap-2 text-sm">
        <input
          type="checkbox"
          checked={inStock}
          onChange={(event) => {
            setInStock(event.target.checked);
            if (!stacked) apply(event.target.checked);
          }}
          className="size-4.5 cursor-pointer accent-accent"
        />
        {t('filter.inStock')}
      </label>
      {stacked && <button className={buttonStyles({ size: 'large', wide: true })}>{t('filter.show')}</button>}
    </form>
  );
}

const digits = (text: string) => text.replace(/\D/g, '').slice(0, 8);

const toAmount = (text: string) => (text === '' ? null : Number(text));

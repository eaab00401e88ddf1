import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { PaymentMethod } from '@/types/api';
import { ListFilters, ListSearch } from './list-filters';
import { PeriodFilter } from './period-filter';
import { Select } from './select';

const methods = ['CARD', 'BANK_TRANSFER'] as const satisfies PaymentMethod[];

type Filters = { q: string; method: string; from: string; to: string };

type MoneyFiltersProps = {
  /** What the search looks for. */
  search: string;
  filters: Filters;
  count: string | undefined;
  onChange: (change: Partial<Filters>) => void;
};

/** Filters for lists about money: text, payment method and period. */
export function MoneyFilters({ search, filters: { q, method, from, to }, count, onChange }: MoneyFiltersProps) {
  const { t } = useTranslate(adminWords);
  return (
    <ListFilters label={t('listing.filters')} count={count}>
      <ListSearch label={search} value={q} onChange={(q) => onChange({ q })} />
      <Select
        compact
        label={t('ordersAdmin.method')}
        value={method}
        choices={[
          { value: '', label: t('ordersAdmin.anyMethod') },
          ...methods.map((known) => ({ value: known, label: t(`order.method.${known}`) })),
        ]}
        onChange={(method) => onChange({ method })}
      />
      <PeriodFilter fromLabel={t('listing.from')} toLabel={t('listing.to')} from={from} to={to} onChange={onChange} />
    </ListFilters>
  );
}

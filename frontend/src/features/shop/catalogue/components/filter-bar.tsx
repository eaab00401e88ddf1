import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/ui/button';
import { FilterIcon } from '@/components/ui/icons';
import { useTranslate } from '@/lib/i18n/translate';
import { hasFilters } from '../catalogue-search';
import { useCatalogueSearch } from '../hooks/use-catalogue-search';
import { FilterForm } from './filter-form';
import { SortLinks } from './sort-links';

// Only phones open it, and only when asked: its dialog is not part of the first load.
const Sheet = lazy(() => import('@/components/ui/sheet'));

export function FilterBar() {
  const { t } = useTranslate();
  const { search, change } = useCatalogueSearch();
  const [open, setOpen] = useState(false);
  // What is typed but not applied belongs to the filters it was typed over.
  const formKey = `${search.minPrice} ${search.maxPrice} ${search.inStock}`;

  return (
    <div className="mb-5 flex items-center justify-between gap-3 border-y border-line py-1.5">
      <div className="hidden lg:block">
        <FilterForm key={formKey} filters={search} onApply={(filters) => void change(filters)} />
      </div>
      <div className="lg:hidden">
        <Button variant={hasFilters(search) ? 'primary' : 'secondary'} size="small" onPress={() => setOpen(true)}>
          <FilterIcon />
          {t('filter.title')}
        </Button>
      </div>
      <SortLinks />
      {open && (
        <Suspense>
          <Sheet title={t('filter.title')} closeLabel={t('close')} onClose={() => setOpen(false)}>
            <FilterForm
              stacked
              filters={search}
              onApply={(filters) => {
                setOpen(false);
                void change(filters);
              }}
            />
          </Sheet>
        </Suspense>
      )}
    </div>
  );
}

import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { Input } from 'react-aria-components/Input';
import { SearchField } from 'react-aria-components/SearchField';
import { ToggleButton } from 'react-aria-components/ToggleButton';
import { CloseIcon, SearchIcon } from './icons';
import { useTranslate } from '@/lib/i18n/translate';

type ListFiltersProps = {
  label: string;
  /** How many items match, once that is known. */
  count: string | undefined;
  children: ReactNode;
};

/** The filters above a list. On a phone they stand two in a row, the search in a row of its own. */
export function ListFilters({ label, count, children }: ListFiltersProps) {
  return (
    <div role="group" aria-label={label} className="mb-4 grid grid-cols-2 gap-2 md:flex md:flex-wrap md:items-center">
      {children}
      <p role="status" className="col-span-2 text-sm text-ink-faint tabular-nums md:ml-auto">
        {count}
      </p>
    </div>
  );
}

type ListSearchProps = { label: string; value: string; onChange: (value: string) => void };

/** Searches on Enter, or when the field is cleared. */
export function ListSearch({ label, value, onChange }: ListSearchProps) {
  const { t } = useTranslate();
  return (
    <SearchField
      key={value}
      aria-label={label}
      defaultValue={value}
      maxLength={100}
      onSubmit={(typed) => onChange(typed.trim())}
      onClear={() => onChange('')}
      className="group relative col-span-2 md:w-80"
    >
      <span
        aria-hidden="true"
        className="pointer-events-none absolute inset-y-0 left-2.5 flex items-center text-ink-faint"
      >
        <SearchIcon />
      </span>
      <Input
        placeholder={label}
        className="h-10 w-full rounded-lg border border-line bg-raised pr-9 pl-10 text-sm placeholder:text-ink-faint hover:border-line-strong focus:border-accent focus:outline-2 focus:-outline-offset-1 focus:outline-accent [&::-webkit-search-cancel-button]:hidden"
      />
      <Button
        aria-label={t('search.clear')}
        className="absolute inset-y-0 right-0 flex w-9 cursor-pointer items-center justify-center text-ink-faint group-data-empty:hidden hover:text-ink"
      >
        <CloseIcon />
      </Button>
    </SearchField>
  );
}

type FilterToggleProps = { isSelected: boolean; onChange: (isSelected: boolean) => void; children: ReactNode };

/** A filter that is on or off. */
export function FilterToggle(props: FilterToggleProps) {
  return (
    <ToggleButton
      {...props}
      className="h-10 cursor-pointer truncate rounded-lg border border-line bg-raised px-3 text-sm hover:border-line-strong data-selected:border-accent data-selected:bg-accent-wash data-selected:font-bold data-selected:text-accent-strong"
    />
  );
}

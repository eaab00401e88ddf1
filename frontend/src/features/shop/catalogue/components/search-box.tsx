import { useNavigate, useSearchParams } from 'react-router';
import { SearchIcon } from '@/components/ui/icons';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { toQuery } from '../catalogue-search';

/** Searches the whole shop: other filters are dropped, as a shopper who types a new word expects. */
export function SearchBox() {
  const { t } = useTranslate();
  const navigate = useNavigate();
  const [params] = useSearchParams();
  const q = params.get('q') ?? '';
  return (
    <form
      role="search"
      className="relative w-full"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = String(new FormData(event.currentTarget).get('q')).trim();
        void navigate(paths.catalogue.getHref(toQuery({ q: typed })));
      }}
    >
      <input
        key={q}
        name="q"
        type="search"
        defaultValue={q}
        maxLength={100}
        enterKeyHint="search"
        autoComplete="off"
        aria-label={t('search.label')}
        placeholder={t('search.placeholder')}
        className="h-11 w-full rounded-full border-2 border-accent bg-canvas pr-11 pl-4 text-base outline-offset-2 placeholder:text-ink-faint sm:pl-5"
      />
      <button
        aria-label={t('search.submit')}
        className="absolute top-0 right-1 flex size-11 cursor-pointer items-center justify-center text-accent"
      >
        <SearchIcon />
      </button>
    </form>
  );
}

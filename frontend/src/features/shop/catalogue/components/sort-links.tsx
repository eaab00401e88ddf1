import { Link } from 'react-router';
import { useTranslate } from '@/lib/i18n/translate';
import { sortLabels, sorts } from '../catalogue-search';
import { useCatalogueSearch } from '../hooks/use-catalogue-search';

export function SortLinks() {
  const { t } = useTranslate();
  const { search, getHref, keepsPlace } = useCatalogueSearch();
  return (
    <nav aria-label={t('catalogue.sort.label')} className="flex quiet-scroll">
      {sorts.map((sort) => (
        <Link
          key={sort}
          to={getHref({ sort })}
          preventScrollReset={keepsPlace({ sort })}
          aria-current={sort === search.sort ? 'true' : undefined}
          className={`flex h-9 items-center px-2 text-sm whitespace-nowrap sm:px-2.5 pointer-coarse:h-11 ${
            sort === search.sort ? 'font-bold text-ink' : 'text-ink-faint hover:text-ink'
          }`}
        >
          {t(sortLabels[sort])}
        </Link>
      ))}
    </nav>
  );
}

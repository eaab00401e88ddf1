import { useQuery } from '@tanstack/react-query';
import { Link, useLocation, useSearchParams } from 'react-router';
import { categoriesQuery } from '@/api/products';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { toQuery } from '../catalogue-search';

/** The shop's departments. Without them (still loading, or not to be had) the link to everything stays. */
export function CategoryBar() {
  const { t } = useTranslate();
  const [params] = useSearchParams();
  const inCatalogue = useLocation().pathname === paths.catalogue.path;
  const current = params.get('category') ?? '';
  const { data: categories = [] } = useQuery(categoriesQuery);
  return (
    <nav aria-label={t('categories.label')} className="page flex quiet-scroll gap-1">
      {['', ...categories.map(({ name }) => name)].map((category) => {
        const here = inCatalogue && category === current;
        return (
          <Link
            key={category}
            to={paths.catalogue.getHref(toQuery({ category }))}
            aria-current={here ? 'page' : undefined}
            className={`flex h-11 shrink-0 items-center border-b-2 px-2.5 text-[15px] whitespace-nowrap transition-colors first:pl-0 ${
              here ? 'border-accent font-bold text-accent-strong' : 'border-transparent text-ink-soft hover:text-ink'
            }`}
          >
            {category || t('categories.all')}
          </Link>
        );
      })}
    </nav>
  );
}

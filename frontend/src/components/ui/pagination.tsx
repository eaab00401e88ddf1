import { Link } from 'react-router';
import { useTranslate } from '@/lib/i18n/translate';
import { countPages } from '@/lib/pages';
import { ChevronLeftIcon, ChevronRightIcon } from './icons';

type PaginationProps = { page: number; size: number; total: number; getHref: (page: number) => string };

const cell =
  'inline-flex size-10 items-center justify-center rounded-lg text-[15px] tabular-nums text-ink-soft hover:bg-surface hover:text-ink';

/** Links to the pages around the current one, at most five. */
export function Pagination({ page, size, total, getHref }: PaginationProps) {
  const { t } = useTranslate();
  const last = countPages(total, size);
  if (last <= 1) return null;
  const first = Math.max(1, Math.min(page - 2, last - 4));
  const numbers = Array.from({ length: Math.min(5, last) }, (_, index) => first + index);
  return (
    <nav aria-label={t('paging.label')} className="flex items-center justify-center gap-1 pt-10">
      {page > 1 && (
        <Link to={getHref(page - 1)} aria-label={t('paging.previous')} className={cell}>
          <ChevronLeftIcon />
        </Link>
      )}
      {numbers.map((number) => (
        <Link
          key={number}
          to={getHref(number)}
          aria-current={number === page ? 'page' : undefined}
          className={number === page ? `${cell} bg-accent-wash font-bold text-accent-strong!` : cell}
        >
          {number}
        </Link>
      ))}
      {page < last && (
        <Link to={getHref(page + 1)} aria-label={t('paging.next')} className={cell}>
          <ChevronRightIcon />
        </Link>
      )}
    </nav>
  );
}

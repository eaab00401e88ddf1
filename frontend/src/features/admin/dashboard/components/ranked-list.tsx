import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { LoadError } from '@/components/ui/load-error';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';

type Entry = { id: number; href: string; name: string; note?: ReactNode; value: ReactNode };

type RankedListProps = {
  title: string;
  query: UseQueryResult<unknown>;
  entries: Entry[] | undefined;
  empty: string;
  allHref?: string;
};

/** A short list whose every line leads on. */
export function RankedList({ title, query, entries, empty, allHref }: RankedListProps) {
  const { t } = useTranslate(adminWords);
  return (
    <Panel
      title={title}
      aside={
        allHref && (
          <Link to={allHref} className="text-sm text-ink-soft underline-offset-4 hover:text-ink hover:underline">
            {t('today.all')}
          </Link>
        )
      }
    >
      {!entries && query.isError && <LoadError error={query.error} onRetry={() => void query.refetch()} />}
      {!entries && query.isPending && <Skeleton className="h-40" />}
      {entries?.length === 0 && <p className="py-6 text-center text-sm text-ink-faint">{empty}</p>}
      {entries && entries.length > 0 && (
        <ol>
          {entries.map(({ id, href, name, note, value }) => (
            <li
              key={id}
              className="relative -mx-2 flex items-baseline justify-between gap-4 rounded-lg px-2 py-2 text-[15px] hover:bg-surface"
            >
              <div className="min-w-0">
                <Link to={href} className="block truncate after:absolute after:inset-0 after:rounded-lg">
                  {name}
                </Link>
                {note && <span className="block truncate text-[13px] text-ink-faint">{note}</span>}
              </div>
              <div className="shrink-0 text-right tabular-nums">{value}</div>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

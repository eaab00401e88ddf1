import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Navigate } from 'react-router';
import { countPages } from '@/lib/pages';
import type { Page } from '@/types/api';
import { DataTable, type Column } from './data-table';
import { LoadError } from './load-error';
import { Pagination } from './pagination';

type PagedTableProps<Item> = {
  label: string;
  list: UseQueryResult<Page<Item>>;
  columns: readonly Column<Item>[];
  getKey: (item: Item) => number | string;
  getHref?: (item: Item) => string;
  getPageHref: (page: number) => string;
  /** Shown when nothing was found. */
  empty: ReactNode;
};

/** One page of a list as the API answers it: loading, failed, empty, or its rows and the way to the other pages. */
export function PagedTable<Item>({ list, getPageHref, empty, ...table }: PagedTableProps<Item>) {
  if (list.isError && !list.data) return <LoadError error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data?.items.length === 0) {
    const { page, size, total } = list.data;
    const last = countPages(total, size);
    // The list is now shorter than the page in the address.
    return page > last && last > 0 ? <Navigate to={getPageHref(last)} replace /> : empty;
  }
  return (
    <>
      <DataTable {...table} rows={list.data?.items} isStale={list.isPlaceholderData} />
      {list.data && <Pagination {...list.data} getHref={getPageHref} />}
    </>
  );
}

import { Fragment, type KeyboardEvent, type ReactNode } from 'react';
import { Link } from 'react-router';
import { Cell, Column as AriaColumn, Row, Table, TableBody, TableHeader } from 'react-aria-components/Table';
import { useMediaQuery } from '@/lib/use-media-query';
import { Skeleton } from './skeleton';
import { useTranslate } from '@/lib/i18n/translate';

export type Column<Item> = {
  id: string;
  header: string;
  render: (item: Item) => ReactNode;
  /** Right-aligned, for numbers. */
  align?: 'end';
  /** Names the row; with `getHref` it is the link. The first column does when none says so. */
  isRowHeader?: boolean;
  /**
   * Where it stands on a phone's card: `before` the name (a box to tick), `aside` at the upper right (a state), `hidden`
   * not at all; else a line of its own.
   */
  onCard?: 'before' | 'aside' | 'hidden';
  /** A class for the column's width, such as `w-32`. */
  width?: string;
};

type DataTableProps<Item> = {
  label: string;
  columns: readonly Column<Item>[];
  /** Undefined while they load. */
  rows: readonly Item[] | undefined;
  getKey: (item: Item) => number | string;
  /** Where a row leads. Put other controls of a row into `RowActions`. */
  getHref?: (item: Item) => string;
  /** The rows are still those of the previous page. */
  isStale?: boolean;
  skeletonRows?: number;
};

/** A table; on a phone, a list of cards. */
export function DataTable<Item>(props: DataTableProps<Item>) {
  const { t } = useTranslate();
  const onPhone = useMediaQuery('(width < 48rem)');
  if (!props.rows) return <TableSkeleton label={t('loading')} rows={props.skeletonRows ?? 8} />;
  return (
    <div aria-busy={props.isStale} className={props.isStale ? 'opacity-55 transition-opacity' : 'transition-opacity'}>
      {onPhone ? <Cards {...props} /> : <Rows {...props} />}
    </div>
  );
}

/** Keeps buttons within a row above the link that the whole row is. */
export function RowActions({ children }: { children: ReactNode }) {
  return <div className="relative z-1 flex justify-end gap-1.5">{children}</div>;
}

const headerOf = <Item,>(columns: readonly Column<Item>[]) =>
  columns.find(({ isRowHeader }) => isRowHeader) ?? columns[0];

function Rows<Item>({ label, columns, rows = [], getKey, getHref }: DataTableProps<Item>) {
  const header = headerOf(columns);
  return (
    // The library's Enter acts on a row only where a row has an action; here the row's link is it.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div onKeyDown={followRow} className="overflow-x-auto rounded-xl border border-line bg-raised">
      <Table aria-label={label} className="w-full border-collapse text-sm">
        <TableHeader className="border-b border-line bg-surface text-[13px] text-ink-soft">
          {columns.map((column) => (
            <AriaColumn
              key={column.id}
              id={column.id}
              isRowHeader={column === header}
              className={`px-2 py-2.5 font-semibold whitespace-nowrap first:pl-4 last:pr-4 2xl:px-3 ${alignment(column)} ${column.width ?? ''}`}
            >
              {column.header}
            </AriaColumn>
          ))}
        </TableHeader>
        <TableBody>
          {rows.map((item) => (
            <Row
              key={getKey(item)}
              id={getKey(item)}
              className={`relative border-b border-line -outline-offset-2 last:border-0 ${getHref ? 'hover:bg-surface' : ''}`}
            >
              {columns.map((column) => (
                <Cell
                  key={column.id}
                  className={`px-2 py-2.5 -outline-offset-2 first:pl-4 last:pr-4 2xl:px-3 ${alignment(column)}`}
                >
                  {column === header ? (
                    <RowName href={getHref?.(item)}>{column.render(item)}</RowName>
                  ) : (
                    column.render(item)
                  )}
                </Cell>
              ))}
            </Row>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

const alignment = <Item,>({ align }: Column<Item>) => (align === 'end' ? 'text-right tabular-nums' : 'text-left');

function followRow(event: KeyboardEvent<HTMLDivElement>) {
  const { target } = event;
  if (event.key !== 'Enter' || !(target instanceof HTMLElement) || target.role !== 'row') return;
  target.querySelector<HTMLAnchorElement>('a[data-row-link]')?.click();
}

function RowName({ href, children }: { href?: string; children: ReactNode }) {
  if (!href) return children;
  return (
    <Link data-row-link to={href} className="block font-semibold after:absolute after:inset-0">
      {children}
    </Link>
  );
}

function Cards<Item>({ label, columns, rows = [], getKey, getHref }: DataTableProps<Item>) {
  const header = headerOf(columns);
  const befores = columns.filter(({ onCard }) => onCard === 'before');
  const asides = columns.filter(({ onCard }) => onCard === 'aside');
  const lines = columns.filter((column) => column !== header && !column.onCard);
  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {rows.map((item) => (
        <li key={getKey(item)} className="relative rounded-xl border border-line bg-raised px-4 py-3">
          <div className="flex items-start gap-3">
            {befores.map((column) => (
              <Fragment key={column.id}>{column.render(item)}</Fragment>
            ))}
            <div className="min-w-0 flex-1 text-[15px] font-semibold">
              {header && <RowName href={getHref?.(item)}>{header.render(item)}</RowName>}
            </div>
            {asides.map((column) => (
              <div key={column.id} className="shrink-0">
                {column.render(item)}
              </div>
            ))}
          </div>
          <dl className="mt-2 flex flex-col gap-1 text-sm">
            {lines.map((column) => (
              <CardLine key={column.id} name={column.header} content={column.render(item)} />
            ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

/** A column without a heading (buttons) has the whole line, one that has nothing to say none. */
function CardLine({ name, content }: { name: string; content: ReactNode }) {
  if (content === null || content === undefined || content === false || content === '') return null;
  return (
    <div className="flex items-baseline justify-between gap-4">
      {name && <dt className="shrink-0 text-ink-faint">{name}</dt>}
      <dd className={`min-w-0 text-right tabular-nums ${name ? '' : 'w-full pt-1'}`}>{content}</dd>
    </div>
  );
}

function TableSkeleton({ label, rows }: { label: string; rows: number }) {
  return (
    <div
      role="status"
      aria-label={label}
      className="flex flex-col gap-px overflow-hidden rounded-xl border border-line"
    >
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} className="h-13 rounded-none" />
      ))}
    </div>
  );
}

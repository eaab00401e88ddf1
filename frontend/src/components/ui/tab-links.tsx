import { Link } from 'react-router';

export type TabLink = { href: string; label: string; isCurrent: boolean; count?: number };

/** Tabs as links, each with its count where that is known. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className="-mx-4 mb-4 quiet-scroll border-b border-line px-4 sm:mx-0 sm:px-0">
      <ul className="flex gap-1">
        {tabs.map(({ href, label, isCurrent, count }) => (
          <li key={href}>
            <Link
              to={href}
              preventScrollReset
              aria-current={isCurrent ? 'page' : undefined}
              className="flex h-11 items-center gap-1.5 border-b-2 border-transparent px-3 text-[15px] whitespace-nowrap text-ink-soft -outline-offset-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-bold aria-[current=page]:text-accent-strong"
            >
              {label}
              {count !== undefined && count > 0 && (
                <span className="rounded-full bg-surface px-1.5 text-[13px] font-semibold text-ink-soft tabular-nums">
                  {count}
                </span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

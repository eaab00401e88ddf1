import type { ReactNode } from 'react';

/** The heading of a part of the front page, and what stands beside it. */
export function SectionTitle({ id, title, children }: { id: string; title: string; children?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 pb-4">
      <h2 id={id} className="text-xl font-bold tracking-tight sm:text-[22px]">
        {title}
      </h2>
      {children}
    </div>
  );
}

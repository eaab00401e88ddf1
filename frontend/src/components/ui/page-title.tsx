import type { ReactNode } from 'react';
import { useTitle } from '@/lib/use-title';

/** The page's heading. It also names the browser tab. */
export function PageTitle({ title, children }: { title: string; children?: ReactNode }) {
  useTitle(title);
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 pt-6 pb-4 sm:pt-8 sm:pb-5">
      <h1 className="text-2xl font-bold tracking-tight sm:text-[26px]">{title}</h1>
      {children}
    </div>
  );
}

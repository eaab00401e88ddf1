import type { ReactNode } from 'react';

type EmptyStateProps = { title: string; text?: string; alert?: boolean; heading?: 'h1' | 'h2'; children?: ReactNode };

/** Shown in place of content: nothing here yet, nothing found, or not loaded. */
export function EmptyState({ title, text, alert = false, heading: Heading = 'h2', children }: EmptyStateProps) {
  return (
    <div role={alert ? 'alert' : undefined} className="flex flex-col items-center px-4 py-20 text-center">
      <Heading className="text-lg font-bold">{title}</Heading>
      {text && <p className="mt-2 max-w-md text-ink-soft">{text}</p>}
      {children && <div className="mt-6 flex flex-wrap justify-center gap-2">{children}</div>}
    </div>
  );
}

import type { ReactNode } from 'react';
import { useTitle } from '@/lib/use-title';

type ResultCardProps = { title: string; tone?: 'good' | 'bad' | 'waiting'; children: ReactNode };

const marks = {
  good: { path: 'm7 12.5 3.5 3.5L17 9', colours: 'bg-accent text-on-accent' },
  bad: { path: 'm8 8 8 8M16 8l-8 8', colours: 'bg-danger-wash text-danger' },
  waiting: {
    path: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3 2',
    colours: 'bg-caution-wash text-caution',
  },
};

/** How a payment came out. A change of it is read out. */
export function ResultCard({ title, tone = 'bad', children }: ResultCardProps) {
  useTitle(title);
  const { path, colours } = marks[tone];
  return (
    <div className="flex flex-col gap-5">
      <div role="status" className="flex flex-col items-center gap-4 pt-10 text-center sm:pt-14">
        <span className={`flex size-14 items-center justify-center rounded-full ${colours}`}>
          <svg
            aria-hidden="true"
            viewBox="0 0 24 24"
            className="size-8"
            fill="none"
            stroke="currentColor"
            strokeWidth="2"
            strokeLinecap="round"
            strokeLinejoin="round"
          >
            <path d={path} />
          </svg>
        </span>
        <h1 className="text-2xl font-bold tracking-tight">{title}</h1>
      </div>
      {children}
    </div>
  );
}

export function ResultText({ children }: { children: ReactNode }) {
  return <p className="text-center text-ink-soft">{children}</p>;
}

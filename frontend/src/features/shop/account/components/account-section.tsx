import { useId, type ReactNode } from 'react';

type AccountSectionProps = { title: string; text?: string; children: ReactNode };

/** One part of the account page: what it is about on the left, what can be done on the right. */
export function AccountSection({ title, text, children }: AccountSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="grid gap-x-10 gap-y-4 border-t border-line py-8 md:grid-cols-[220px_1fr]">
      <div>
        <h2 id={id} className="text-[17px] font-bold">
          {title}
        </h2>
        {text && <p className="mt-1 text-sm text-ink-faint">{text}</p>}
      </div>
      {children}
    </section>
  );
}

import type { ReactNode } from 'react';

const tones = {
  neutral: 'bg-surface text-ink-soft',
  accent: 'bg-accent-wash text-accent-strong',
  caution: 'bg-caution-wash text-caution',
  danger: 'bg-danger-wash text-danger',
};

/** A short message within a page. Dangers are announced at once. */
export function Notice({ tone = 'neutral', children }: { tone?: keyof typeof tones; children: ReactNode }) {
  return (
    <div role={tone === 'danger' ? 'alert' : undefined} className={`rounded-lg px-4 py-3 text-sm ${tones[tone]}`}>
      {children}
    </div>
  );
}

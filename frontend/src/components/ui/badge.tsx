import type { ReactNode } from 'react';

const tones = {
  neutral: 'bg-surface text-ink-soft',
  accent: 'bg-accent-wash text-accent-strong',
  caution: 'bg-caution-wash text-caution',
  danger: 'bg-danger-wash text-danger',
};

export type Tone = keyof typeof tones;

/** Shows a status in one or two words. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={`inline-block rounded-md px-2 py-0.5 text-[13px] font-bold whitespace-nowrap ${tones[tone]}`}>
      {children}
    </span>
  );
}

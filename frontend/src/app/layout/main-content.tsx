import type { ReactNode } from 'react';
import { useNavigation } from 'react-router';
import { useTranslate } from '@/lib/i18n/translate';
import { useFocusOnNavigation } from '../use-focus-on-navigation';

const contentId = 'content';

/** Leads past the navigation; to be the first thing on the page that takes the focus. */
export function SkipLink() {
  const { t } = useTranslate();
  return (
    <a
      href={`#${contentId}`}
      className="absolute top-2 left-2 z-50 -translate-y-20 rounded-lg bg-accent px-4 py-2 text-on-accent focus:translate-y-0"
    >
      {t('layout.skip')}
    </a>
  );
}

/** What the page is about. It has the focus when one comes to it from another page. */
export function MainContent({ className, children }: { className: string; children: ReactNode }) {
  const main = useFocusOnNavigation();
  const navigating = useNavigation().state !== 'idle';
  return (
    <main ref={main} id={contentId} tabIndex={-1} aria-busy={navigating} className={`outline-none ${className}`}>
      {children}
    </main>
  );
}

import { Fragment, lazy, Suspense, useState, type ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Skeleton } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { useSession } from '@/lib/session';
import type { User } from '@/types/api';

const SessionEnded = lazy(() => import('./session-ended'));

/**
 * Shows what only a signed-in shopper sees; others sign in first and come back to where they were. When the session ends
 * in the middle of something, the page stays as it is, with all that was typed, and asks over it to sign in again.
 */
export function RequireSession({ children }: { children: (user: User) => ReactNode }) {
  const { t } = useTranslate();
  const { pathname, search } = useLocation();
  const { status, user } = useSession();
  const [arrivedAs] = useState(status);
  const endedHere = status === 'ended' && arrivedAs !== 'ended';
  if (user && (status === 'signed-in' || endedHere)) {
    return (
      // A new key starts the page over when somebody else signs in.
      <Fragment key={user.id}>
        {children(user)}
        {endedHere && (
          <Suspense>
            <SessionEnded email={user.email} />
          </Suspense>
        )}
      </Fragment>
    );
  }
  if (status !== 'restoring') return <Navigate to={paths.signIn.getHref(pathname + search)} replace />;
  return (
    <div role="status" aria-label={t('loading')} className="flex flex-col gap-4 pt-8">
      <Skeleton className="h-9 w-48" />
      <Skeleton className="h-64 rounded-2xl" />
    </div>
  );
}

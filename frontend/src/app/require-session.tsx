import type { ReactNode } from 'react';
import { Navigate, useLocation } from 'react-router';
import { Skeleton } from '@/components/ui/skeleton';
import { paths } from '@/config/paths';
import { useTranslate } from '@/lib/i18n/translate';
import { useSession } from '@/lib/session';
import type { User } from '@/types/api';

/** Shows what only a signed-in shopper sees; others sign in first and come back to where they were. */
export function RequireSession({ children }: { children: (user: User) => ReactNode }) {
  const { t } = useTranslate();
  const { pathname, search } = useLocation();
  const { status, user } = useSession();
  if (status === 'signed-in' && user) return children(user);
  if (status === 'anonymous') return <Navigate to={paths.signIn.getHref(pathname + search)} replace />;
  return (
    <div role="status" aria-label={t('loading')} className="flex flex-col gap-4 pt-8">
      <Skeleton className="h-9 w-48" />
      <Skeleton className="h-64 rounded-2xl" />
    </div>
  );
}

import { QueryClient, type Query } from '@tanstack/react-query';
import type { SignedIn } from '@/types/api';
import { ApiError, outcomeUnknown } from './problem';
import { retryDelay } from './retry';
import { startSession, useSession } from './session';

/** Only what may pass by itself is tried again: no connection, or a service that is down. */
function worthRetrying(failures: number, error: Error) {
  return failures < 2 && error instanceof ApiError && outcomeUnknown(error);
}

declare module '@tanstack/react-query' {
  interface Register {
    /** A public answer is the same for everybody; all others belong to the signed-in user, and end with the session. */
    queryMeta: { isPublic?: boolean };
  }
}

const isPersonal = ({ meta }: Query) => !meta?.isPublic;

/** Forgets what was read for somebody who has signed out, or before somebody else signs in. */
export function forgetPersonal(queries: QueryClient) {
  queries.removeQueries({ predicate: isPersonal });
}

/**
 * Goes on with somebody who has signed in. Whoever comes back after their session ended keeps what the page shows, and
 * it is read anew; others see nothing of it.
 */
export function resumeFor(queries: QueryClient, session: SignedIn) {
  const isBack = useSession.getState().user?.id === session.user.id;
  if (!isBack) forgetPersonal(queries);
  startSession(session);
  if (isBack) void queries.invalidateQueries({ predicate: isPersonal });
}

export function createQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, retry: worthRetrying, retryDelay },
      mutations: { retry: false, retryDelay },
    },
  });
}

import { QueryClient } from '@tanstack/react-query';
import { ApiError, outcomeUnknown } from './problem';

/** Only what may pass by itself is tried again: no connection, or a service that is down. */
function worthRetrying(failures: number, error: Error) {
  return failures < 2 && error instanceof ApiError && outcomeUnknown(error);
}

/** What the shop window says is everyone's; all else is whoever is signed in's and goes with them. */
const everyones: unknown[] = ['products', 'payment-client'];

/** Forgets what was read for somebody who has signed out, or before somebody else signs in. */
export function forgetPersonal(queries: QueryClient) {
  queries.removeQueries({ predicate: ({ queryKey }) => !everyones.includes(queryKey[0]) });
}

export function createQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, retry: worthRetrying },
      mutations: { retry: false },
    },
  });
}

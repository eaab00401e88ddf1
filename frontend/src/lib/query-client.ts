import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './problem';

/** Only what may pass by itself is tried again: no connection, or a service that is down. */
function worthRetrying(failures: number, error: Error) {
  return failures < 2 && error instanceof ApiError && (error.status === 0 || error.status >= 500);
}

export function createQueryClient() {
  return new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, retry: worthRetrying },
      mutations: { retry: false },
    },
  });
}

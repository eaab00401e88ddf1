import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '@/lib/api-client';
import { forgetPersonal } from '@/lib/query-client';
import { endSession } from '@/lib/session';

/**
 * Ends the sessions on all devices. Unlike signing out here, it takes effect only once the server has done it. `leave` goes
 * to a page that needs no session.
 */
export function useSignOutEverywhere({ leave }: { leave: () => void | Promise<void> }) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.POST('/api/users/logout', { params: { query: { everywhere: true } } }),
    onSuccess: async () => {
      await leave();
      endSession();
      forgetPersonal(queries);
    },
  });
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '@/lib/api-client';
import { forgetPersonal } from '@/lib/query-client';
import { endSession } from '@/lib/session';

/** Ends the session here, even if the server cannot be reached. */
export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => client.POST('/api/users/logout'),
    onSettled: () => {
      endSession();
      forgetPersonal(queries);
    },
  });
}

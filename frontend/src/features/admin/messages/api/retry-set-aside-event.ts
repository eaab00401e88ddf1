import { useMutation, useQueryClient } from '@tanstack/react-query';
import { setAsideEventKeys } from '@/api/messages';
import { client, read } from '@/lib/api-client';

/** Gives an event its effect now, after those of the same order before it. */
export function useRetrySetAsideEvent() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (position: number) =>
      read(client.POST('/api/payments/set-aside-events/{position}/retry', { params: { path: { position } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: setAsideEventKeys.all }),
  });
}

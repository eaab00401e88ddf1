import { useMutation, useQueryClient } from '@tanstack/react-query';
import { setAsideEventKeys } from '@/api/messages';
import { client, read } from '@/lib/api-client';

/** Applies an event now, after earlier ones of the same order. */
export function useRetrySetAsideEvent() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (position: number) =>
      read(client.POST('/api/payments/set-aside-events/{position}/retry', { params: { path: { position } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: setAsideEventKeys.all }),
  });
}

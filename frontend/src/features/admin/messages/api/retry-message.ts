import { useMutation, useQueryClient } from '@tanstack/react-query';
import { outboxKeys, type Service } from '@/api/messages';
import { client, read } from '@/lib/api-client';

/** Retries a dead message at once. */
export function useRetryMessage(service: Service) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => read(client.POST(`/api/${service}/outbox/{id}/retry`, { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: outboxKeys.all }),
  });
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { OutboxStatus } from '@/types/api';

/** The services that owe others messages, by their part of the address. */
export const services = ['orders', 'payments'] as const;

export type Service = (typeof services)[number];

export const statuses = ['DEAD', 'PENDING', 'DONE'] as const satisfies OutboxStatus[];

export const pageSize = 20;

/** Messages of one service's outbox. They move by themselves, so they are looked at again now and then. */
export function useMessages(service: Service, status: OutboxStatus, page: number) {
  return useQuery({
    queryKey: ['outbox', service, status, page],
    queryFn: ({ signal }) =>
      read(client.GET(`/api/${service}/outbox`, { params: { query: { status, page, size: pageSize } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });
}

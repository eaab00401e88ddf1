import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { outboxQuery, type Service } from '@/api/messages';
import type { OutboxStatus } from '@/types/api';

export const statuses = ['DEAD', 'PENDING', 'DONE'] as const satisfies OutboxStatus[];

export const pageSize = 20;

/** Messages in one service's outbox; polled, for they move by themselves. */
export const useMessages = (service: Service, status: OutboxStatus, page: number) =>
  useQuery({
    ...outboxQuery(service, { status, page, size: pageSize }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });

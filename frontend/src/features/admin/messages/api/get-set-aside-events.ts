import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { setAsideEventsQuery } from '@/api/messages';
import { pageSize } from './get-messages';

/** What has happened to orders and has had no effect on payments yet. */
export const useSetAsideEvents = (page: number) =>
  useQuery({
    ...setAsideEventsQuery({ page, size: pageSize }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });

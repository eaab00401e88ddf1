import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { setAsideEventsQuery } from '@/api/messages';
import { pageSize } from './get-messages';

/** Order events that payment-svc could not apply yet. */
export const useSetAsideEvents = (page: number) =>
  useQuery({
    ...setAsideEventsQuery({ page, size: pageSize }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });

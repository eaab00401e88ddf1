import { useQuery } from '@tanstack/react-query';
import { setAsideEventsQuery } from '@/api/messages';

/** The number of order events that payment-svc could not apply yet. */
export const useSetAsideEvents = () => useQuery({ ...setAsideEventsQuery({ size: 1 }), select: ({ total }) => total });

import { useQuery } from '@tanstack/react-query';
import { setAsideEventsQuery } from '@/api/messages';

/** How much that has happened to orders has had no effect on payments yet. */
export const useSetAsideEvents = () => useQuery({ ...setAsideEventsQuery({ size: 1 }), select: ({ total }) => total });

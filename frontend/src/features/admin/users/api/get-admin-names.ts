import { useQuery } from '@tanstack/react-query';
import { usersQuery } from '@/api/users';

/** The administrators' names by id. */
export function useAdminNames(): ReadonlyMap<number, string> {
  const { data } = useQuery({
    ...usersQuery({ role: 'ADMIN', size: 100 }),
    select: ({ items }) => new Map(items.map(({ id, name }) => [id, name])),
    staleTime: 5 * 60_000,
  });
  return data ?? none;
}

const none: ReadonlyMap<number, string> = new Map();

import { useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';

/** The names of the administrators by id, for what only they do. */
export function useAdminNames(): ReadonlyMap<number, string> {
  const { data } = useQuery({
    queryKey: ['users', 'admin-names'],
    queryFn: ({ signal }) =>
      read(client.GET('/api/users', { params: { query: { role: 'ADMIN', size: 100 } }, signal })),
    select: ({ items }) => new Map(items.map(({ id, name }) => [id, name])),
    staleTime: 5 * 60_000,
  });
  return data ?? none;
}

const none: ReadonlyMap<number, string> = new Map();

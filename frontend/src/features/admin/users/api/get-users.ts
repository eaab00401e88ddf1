import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import { oneOf } from '@/lib/use-list-address';
import type { UserRole } from '@/types/api';

export const roles = ['USER', 'ADMIN'] as const satisfies UserRole[];

export const pageSize = 20;

export function useUsers({ q, role }: { q: string; role: string }, page: number) {
  return useQuery({
    queryKey: ['users', 'list', q, role, page],
    queryFn: ({ signal }) => {
      const query = { q: q || undefined, role: oneOf(roles, role), page, size: pageSize };
      return read(client.GET('/api/users', { params: { query }, signal }));
    },
    placeholderData: keepPreviousData,
  });
}

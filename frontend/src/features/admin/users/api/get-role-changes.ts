import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import { pageSize } from './get-users';

/** Who changed whose role. */
export function useRoleChanges(page: number) {
  return useQuery({
    queryKey: ['users', 'role-changes', page],
    queryFn: ({ signal }) =>
      read(client.GET('/api/users/role-changes', { params: { query: { page, size: pageSize } }, signal })),
    placeholderData: keepPreviousData,
  });
}

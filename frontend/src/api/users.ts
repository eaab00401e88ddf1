import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/lib/api-client';
import type { paths } from './user-svc';

type UserSearch = NonNullable<paths['/api/users']['get']['parameters']['query']>;
type RoleChangeSearch = NonNullable<paths['/api/users/role-changes']['get']['parameters']['query']>;

export const userKeys = {
  all: ['users'] as const,
  list: (search: UserSearch) => [...userKeys.all, 'list', search] as const,
  roleChanges: (search: RoleChangeSearch) => [...userKeys.all, 'role-changes', search] as const,
};

export const usersQuery = (search: UserSearch) =>
  queryOptions({
    queryKey: userKeys.list(search),
    queryFn: ({ signal }) => read(client.GET('/api/users', { params: { query: search }, signal })),
  });

export const roleChangesQuery = (search: RoleChangeSearch) =>
  queryOptions({
    queryKey: userKeys.roleChanges(search),
    queryFn: ({ signal }) => read(client.GET('/api/users/role-changes', { params: { query: search }, signal })),
  });

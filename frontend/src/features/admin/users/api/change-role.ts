import { useMutation, useQueryClient } from '@tanstack/react-query';
import { userKeys } from '@/api/users';
import { client, read } from '@/lib/api-client';
import type { UserRole } from '@/types/api';

/** Grants or revokes the administrator role. */
export function useChangeRole(id: number) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (role: UserRole) =>
      read(client.PATCH('/api/users/{id}/role', { params: { path: { id } }, body: { role } })),
    onSettled: () => queries.invalidateQueries({ queryKey: userKeys.all }),
  });
}

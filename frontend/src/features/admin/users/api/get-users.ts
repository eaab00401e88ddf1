import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { usersQuery } from '@/api/users';
import { oneOf } from '@/lib/use-list-address';
import type { UserRole } from '@/types/api';

export const roles = ['USER', 'ADMIN'] as const satisfies UserRole[];

export const pageSize = 20;

export const useUsers = ({ q, role }: { q: string; role: string }, page: number) =>
  useQuery({
    ...usersQuery({ q: q || undefined, role: oneOf(roles, role), page, size: pageSize }),
    placeholderData: keepPreviousData,
  });

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { roleChangesQuery } from '@/api/users';
import { pageSize } from './get-users';

export const useRoleChanges = (page: number) =>
  useQuery({ ...roleChangesQuery({ page, size: pageSize }), placeholderData: keepPreviousData });

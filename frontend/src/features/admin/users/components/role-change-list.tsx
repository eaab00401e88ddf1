import type { Column } from '@/components/ui/data-table';
import { NoneFound } from '@/components/ui/none-found';
import { PagedTable } from '@/components/ui/paged-table';
import { Timestamp } from '@/components/ui/timestamp';
import { adminWords } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import type { RoleChange } from '@/types/api';
import { useRoleChanges } from '../api/get-role-changes';

type RoleChangeListProps = { page: number; getPageHref: (page: number) => string };

/** Who granted or revoked whose administrator role. */
export function RoleChangeList({ page, getPageHref }: RoleChangeListProps) {
  const { t } = useTranslate(adminWords);
  const changes = useRoleChanges(page);
  const columns: Column<RoleChange>[] = [
    { id: 'name', header: t('users.name'), isRowHeader: true, render: ({ name }) => <strong>{name}</strong> },
    { id: 'email', header: t('users.email'), render: ({ email }) => <span className="break-all">{email}</span> },
    {
      id: 'change',
      header: t('users.role'),
      render: ({ oldRole, newRole }) => `${t(`users.role.${oldRole}`)} → ${t(`users.role.${newRole}`)}`,
    },
    { id: 'by', header: t('users.changedBy'), render: ({ changedByName }) => changedByName },
    { id: 'at', header: t('users.changedAt'), render: ({ changedAt }) => <Timestamp at={changedAt} /> },
  ];
  return (
    <PagedTable
      label={t('users.roleChanges')}
      list={changes}
      columns={columns}
      getKey={({ id }) => id}
      getPageHref={getPageHref}
      empty={<NoneFound title={t('users.noRoleChanges')} />}
    />
  );
}

import { Link } from 'react-router';
import { Badge } from '@/components/ui/badge';
import { RowActions, type Column } from '@/components/ui/data-table';
import { ListFilters, ListSearch } from '@/components/ui/list-filters';
import { NoneFound } from '@/components/ui/none-found';
import { PagedTable } from '@/components/ui/paged-table';
import { PageTitle } from '@/components/ui/page-title';
import { TabLinks } from '@/components/ui/tab-links';
import { paths } from '@/config/paths';
import { formatDate } from '@/lib/dates';
import { adminWords, type AdminKey } from '@/lib/i18n/admin/words';
import { useTranslate } from '@/lib/i18n/translate';
import { useSession } from '@/lib/session';
import { useListAddress } from '@/lib/use-list-address';
import type { User, UserRole } from '@/types/api';
import { roles, useUsers } from '../api/get-users';
import { ChangeRole } from './change-role';
import { RoleChangeList } from './role-change-list';

const labels: Record<'' | UserRole, AdminKey> = {
  '': 'listing.all',
  USER: 'users.role.USER',
  ADMIN: 'users.role.ADMIN',
};

/** The tab beside the roles. */
const changesTab = 'changes';

/** All accounts, with their roles. */
export function UserList() {
  const { t } = useTranslate(adminWords);
  const { filters, page, getHref } = useListAddress(['q', 'role']);
  const showsChanges = filters.role === changesTab;
  return (
    <>
      <PageTitle title={t('nav.users')} />
      <TabLinks
        label={t('users.role')}
        tabs={[
          ...(['', ...roles] as const).map((role) => ({
            href: getHref({ role }),
            label: t(labels[role]),
            isCurrent: filters.role === role,
          })),
          { href: getHref({ role: changesTab }), label: t('users.roleChanges'), isCurrent: showsChanges },
        ]}
      />
      {showsChanges ? <RoleChangeList page={page} getPageHref={(page) => getHref({ page })} /> : <Users />}
    </>
  );
}

function Users() {
  const { t, language } = useTranslate(adminWords);
  const me = useSession((session) => session.user?.id);
  const { filters, page, hasFilters, getHref, change, clearHref } = useListAddress(['q', 'role']);
  const users = useUsers(filters, page);

  const columns: Column<User>[] = [
    { id: 'name', header: t('users.name'), isRowHeader: true, render: ({ name }) => <strong>{name}</strong> },
    { id: 'email', header: t('users.email'), render: ({ email }) => <span className="break-all">{email}</span> },
    {
      id: 'phone',
      header: t('orderAdmin.phone'),
      render: ({ phone }) => <span className="whitespace-nowrap tabular-nums">{phone ?? t('listing.nothing')}</span>,
    },
    {
      id: 'role',
      header: t('users.role'),
      onCard: 'aside',
      render: ({ role }) => <Badge tone={role === 'ADMIN' ? 'accent' : 'neutral'}>{t(labels[role])}</Badge>,
    },
    {
      id: 'joined',
      header: t('users.joined'),
      render: ({ createdAt }) => (
        <time dateTime={createdAt} className="whitespace-nowrap">
          {formatDate(createdAt, language)}
        </time>
      ),
    },
    {
      id: 'orders',
      header: t('nav.orders'),
      render: ({ id, name }) => (
        <Link
          to={paths.admin.orders.getHref(`userId=${id}`)}
          aria-label={t('users.ordersOf', { name })}
          className="whitespace-nowrap underline underline-offset-4"
        >
          {t('users.orders')}
        </Link>
      ),
    },
    {
      id: 'actions',
      header: t('listing.actions'),
      align: 'end',
      render: (user) => (
        <RowActions>
          {user.id === me ? <span className="text-ink-faint">{t('users.me')}</span> : <ChangeRole user={user} />}
        </RowActions>
      ),
    },
  ];

  return (
    <>
      <ListFilters label={t('listing.filters')} count={users.data && t('users.count', { count: users.data.total })}>
        <ListSearch label={t('users.search')} value={filters.q} onChange={(q) => change({ q })} />
      </ListFilters>
      <PagedTable
        label={t('nav.users')}
        list={users}
        columns={columns}
        getKey={({ id }) => id}
        getPageHref={(page) => getHref({ page })}
        empty={<NoneFound title={t('users.none')} clearHref={hasFilters && clearHref} />}
      />
    </>
  );
}

export { UserList as Component } from '@/features/users-admin/components/user-list';

export { UserList as Component } from '@/features/admin/users/components/user-list';

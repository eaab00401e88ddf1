export { Dashboard as Component } from '@/features/admin/dashboard/components/dashboard';

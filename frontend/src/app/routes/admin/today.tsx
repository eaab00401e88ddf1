export { Dashboard as Component } from '@/features/dashboard/components/dashboard';

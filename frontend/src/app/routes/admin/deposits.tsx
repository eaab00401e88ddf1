export { DepositDesk as Component } from '@/features/admin/deposits/components/deposit-desk';

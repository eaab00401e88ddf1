export { DepositDesk as Component } from '@/features/deposits/components/deposit-desk';

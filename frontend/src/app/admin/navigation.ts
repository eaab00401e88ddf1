import type { ComponentType } from 'react';
import {
  DepositsIcon,
  MessagesIcon,
  OrdersIcon,
  PaymentsIcon,
  ProductsIcon,
  ReconciliationIcon,
  RefundsIcon,
  TodayIcon,
  UsersIcon,
} from '@/components/ui/work-icons';
import { paths } from '@/config/paths';
import type { AdminKey } from '@/lib/i18n/admin/words';

type Destination = { label: AdminKey; href: string; icon: ComponentType };

const { admin } = paths;

/** The pages of the admin area as its navigation groups them. */
export const navigation: { title: AdminKey | null; pages: Destination[] }[] = [
  { title: null, pages: [{ label: 'nav.today', href: admin.today.path, icon: TodayIcon }] },
  {
    title: 'nav.sales',
    pages: [
      { label: 'nav.orders', href: admin.orders.path, icon: OrdersIcon },
      { label: 'nav.products', href: admin.products.path, icon: ProductsIcon },
    ],
  },
  {
    title: 'nav.money',
    pages: [
      { label: 'nav.deposits', href: admin.deposits.path, icon: DepositsIcon },
      { label: 'nav.payments', href: admin.payments.path, icon: PaymentsIcon },
      { label: 'nav.refunds', href: admin.refunds.path, icon: RefundsIcon },
      { label: 'nav.reconciliation', href: admin.reconciliation.path, icon: ReconciliationIcon },
    ],
  },
  {
    title: 'nav.operation',
    pages: [
      { label: 'nav.users', href: admin.users.path, icon: UsersIcon },
      { label: 'nav.messages', href: admin.messages.path, icon: MessagesIcon },
    ],
  },
];

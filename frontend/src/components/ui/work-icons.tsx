import { Icon } from './icons';

// Icons of the admin area, apart from the shop's: a visitor of the shop does not download them.

export { CheckIcon } from './icons';

export const ChevronDownIcon = () => (
  <Icon small>
    <path d="m6 9.5 6 6 6-6" />
  </Icon>
);

export const MenuIcon = () => (
  <Icon>
    <path d="M4 7h16M4 12h16M4 17h16" />
  </Icon>
);

export const TodayIcon = () => (
  <Icon>
    <path d="M4 20V11M10 20V4M16 20v-7M20.5 20h-17" />
  </Icon>
);

export const ProductsIcon = () => (
  <Icon>
    <path d="m12 3.5 7.5 4.2v8.6L12 20.5l-7.5-4.2V7.7Z" />
    <path d="m4.8 7.9 7.2 4 7.2-4M12 12v8.3" />
  </Icon>
);

export const OrdersIcon = () => (
  <Icon>
    <path d="M6 3.5h12v17l-3-2-3 2-3-2-3 2Z" />
    <path d="M9 8.5h6M9 12.5h6" />
  </Icon>
);

export const DepositsIcon = () => (
  <Icon>
    <path d="m3.5 9 8.5-5 8.5 5Z" />
    <path d="M6 12v5M10 12v5M14 12v5M18 12v5M3.5 20h17" />
  </Icon>
);

export const PaymentsIcon = () => (
  <Icon>
    <rect x="3" y="5.5" width="18" height="13" rx="2.5" />
    <path d="M3 10h18M7 14.5h4" />
  </Icon>
);

export const RefundsIcon = () => (
  <Icon>
    <path d="M8.5 5 4 9.5 8.5 14" />
    <path d="M4.5 9.5H15a5 5 0 0 1 0 10h-4" />
  </Icon>
);

export const ReconciliationIcon = () => (
  <Icon>
    <path d="M12 4v16M7 20h10M5 7h14" />
    <path d="m5.5 7-2.5 6a2.7 2.7 0 0 0 5 0ZM18.5 7 16 13a2.7 2.7 0 0 0 5 0Z" />
  </Icon>
);

export const UsersIcon = () => (
  <Icon>
    <circle cx="9" cy="8" r="3.5" />
    <path d="M2.5 20a6.5 6.5 0 0 1 13 0M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.3a6.5 6.5 0 0 1 3.5 5.7" />
  </Icon>
);

export const MessagesIcon = () => (
  <Icon>
    <path d="M4 13.5 6.5 5h11l2.5 8.5V19H4Z" />
    <path d="M4 13.5h4.5l1.2 2.5h4.6l1.2-2.5H20" />
  </Icon>
);

export const ShopIcon = () => (
  <Icon>
    <path d="M4.5 10v10h15V10M3.5 9l1.7-5h13.6l1.7 5a2.9 2.9 0 0 1-5.7 0 2.9 2.9 0 0 1-5.6 0 2.9 2.9 0 0 1-5.7 0Z" />
  </Icon>
);

export const PlusIcon = () => (
  <Icon small>
    <path d="M12 5v14M5 12h14" />
  </Icon>
);

export const DownloadIcon = () => (
  <Icon small>
    <path d="M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14" />
  </Icon>
);

export const UploadIcon = () => (
  <Icon>
    <path d="M12 16V5M7.5 9 12 4.5 16.5 9M5 20h14" />
  </Icon>
);

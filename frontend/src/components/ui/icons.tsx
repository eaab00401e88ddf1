import type { ReactNode } from 'react';

/** How every icon of the shop is drawn. */
export function Icon({ children, small = false }: { children: ReactNode; small?: boolean }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 24 24"
      className={small ? 'size-4 shrink-0' : 'size-[22px] shrink-0'}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

export const SearchIcon = () => (
  <Icon>
    <circle cx="11" cy="11" r="6.5" />
    <path d="m16 16 4.5 4.5" />
  </Icon>
);

export const CartIcon = () => (
  <Icon>
    <path d="M5 8.5h14l-1.2 10a2 2 0 0 1-2 1.8H8.2a2 2 0 0 1-2-1.8Z" />
    <path d="M8.5 11V7.2a3.5 3.5 0 0 1 7 0V11" />
  </Icon>
);

export const UserIcon = () => (
  <Icon>
    <circle cx="12" cy="8" r="3.8" />
    <path d="M4.8 20c.8-3.8 3.6-5.8 7.2-5.8s6.4 2 7.2 5.8" />
  </Icon>
);

export const CartAddIcon = () => (
  <Icon small>
    <path d="M12 5v14M5 12h14" />
  </Icon>
);

export const SunIcon = () => (
  <Icon>
    <circle cx="12" cy="12" r="4" />
    <path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1" />
  </Icon>
);

export const MoonIcon = () => (
  <Icon>
    <path d="M20 14.2A8.3 8.3 0 0 1 9.8 4 8.3 8.3 0 1 0 20 14.2Z" />
  </Icon>
);

export const FilterIcon = () => (
  <Icon small>
    <path d="M4 7h16M7 12h10M10 17h4" />
  </Icon>
);

export const CloseIcon = () => (
  <Icon small>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
);

export const CheckIcon = () => (
  <Icon small>
    <path d="m5 12.5 4.5 4.5L19 7.5" />
  </Icon>
);

export const ChevronLeftIcon = () => (
  <Icon small>
    <path d="m14.5 6-6 6 6 6" />
  </Icon>
);

export const ChevronRightIcon = () => (
  <Icon small>
    <path d="m9.5 6 6 6-6 6" />
  </Icon>
);

export const MinusIcon = () => (
  <Icon small>
    <path d="M6 12h12" />
  </Icon>
);

export const CopyIcon = () => (
  <Icon small>
    <rect x="9" y="9" width="11" height="11" rx="2" />
    <path d="M5 15V6a2 2 0 0 1 2-2h8" />
  </Icon>
);

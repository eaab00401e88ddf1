import { Link } from 'react-router';
import { ChevronLeftIcon } from './icons';

/** Leads from a detail page back to its list. */
export const BackLink = ({ to, children }: { to: string; children: string }) => (
  <Link to={to} className="-mb-6 flex w-fit items-center gap-1 pt-5 text-sm text-ink-soft hover:text-ink">
    <ChevronLeftIcon />
    {children}
  </Link>
);

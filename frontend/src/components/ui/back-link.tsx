import { Link } from 'react-router';
import { ChevronLeftIcon } from './icons';

/** The way from one thing back to the list of all, over the page's heading. */
export const BackLink = ({ to, children }: { to: string; children: string }) => (
  <Link to={to} className="-mb-6 flex w-fit items-center gap-1 pt-5 text-sm text-ink-soft hover:text-ink">
    <ChevronLeftIcon />
    {children}
  </Link>
);

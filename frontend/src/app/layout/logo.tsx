import { Link } from 'react-router';
import { paths } from '@/config/paths';

export function Logo() {
  return (
    <Link to={paths.catalogue.getHref()} className="flex items-center gap-2 self-center justify-self-start">
      <svg aria-hidden="true" viewBox="0 0 32 32" className="size-8">
        <rect width="32" height="32" rx="9" className="fill-accent" />
        <path d="M8 13h16l-1.6 10.2A2 2 0 0 1 20.4 25h-8.8a2 2 0 0 1-2-1.8Z" className="fill-on-accent" />
        <path
          d="M12 15v-3.2a4 4 0 0 1 8 0V15"
          fill="none"
          className="stroke-on-accent"
          strokeWidth="2.2"
          strokeLinecap="round"
        />
      </svg>
      <span className="text-xl font-extrabold tracking-tight whitespace-nowrap max-sm:sr-only">MSA Shop</span>
    </Link>
  );
}

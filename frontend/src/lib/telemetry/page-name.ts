import { matchPath } from 'react-router';
import { paths } from '@/config/paths';

type Paths = { path: string } | { [page: string]: Paths };

const patterns = patternsOf(paths)
  // A page with a name of its own comes before one that takes any.
  .sort((a, b) => parameters(a) - parameters(b));

/** The page at an address, without what makes it somebody's: `/orders/:orderId`, never `/orders/17`. */
export function pageName(pathname: string) {
  return patterns.find((pattern) => matchPath(pattern, pathname)) ?? 'unknown';
}

function patternsOf(group: Paths): string[] {
  return typeof group.path === 'string' ? [group.path] : Object.values(group).flatMap(patternsOf);
}

function parameters(pattern: string) {
  return pattern.split(':').length;
}

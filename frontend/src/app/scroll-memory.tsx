import { ScrollRestoration, type Location } from 'react-router';

/**
 * What a scroll position is remembered by. Every page that the address bar led to has the key `default`: such pages are
 * told apart by their addresses, or each would open where another one had been left.
 */
const placeOf = ({ key, pathname, search }: Location) => (key === 'default' ? pathname + search : key);

/** Opens new pages at the top and restores the scroll position of earlier ones. */
export function ScrollMemory() {
  return <ScrollRestoration getKey={placeOf} />;
}

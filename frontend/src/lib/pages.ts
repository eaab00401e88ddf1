/** The last page that the API's lists have: what is beyond is found by a narrower filter. */
export const lastPage = 500;

/** How many pages there are to turn. */
export const countPages = (total: number, size: number): number => Math.min(Math.ceil(total / size), lastPage);

/** A page's number as an address has it; what is none counts as the first, and what is too far as the last. */
export const parsePage = (text: string | null): number =>
  Math.min(Number(/^[1-9]\d{0,5}$/.exec(text ?? '')?.[0] ?? 1), lastPage);

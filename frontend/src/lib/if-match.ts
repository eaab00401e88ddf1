/** Says which version of a thing the page has shown: it is refused if somebody has changed it since (412 `changed_meanwhile`). */
export const ifMatch = (version: string | null | undefined) => (version ? { 'If-Match': `"${version}"` } : {});

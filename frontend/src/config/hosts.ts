const adminPrefix = 'admin.';

/** On its own host, the admin area is at the root address. */
export const isAdminHost = ({ hostname }: { hostname: string } = location) => hostname.startsWith(adminPrefix);

/** The shop's address, also from the admin area's own host. */
export function shopUrl({ protocol, host }: { protocol: string; host: string } = location): string {
  return host.startsWith(adminPrefix) ? `${protocol}//${host.slice(adminPrefix.length)}/` : '/';
}

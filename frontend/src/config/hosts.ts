const adminPrefix = 'admin.';

/** On a host of its own, the admin area is what the root address shows. */
export const isAdminHost = ({ hostname }: { hostname: string } = location) => hostname.startsWith(adminPrefix);

/** Where the shop is: on the admin area's own host, that is another one. */
export function shopUrl({ protocol, host }: { protocol: string; host: string } = location): string {
  return host.startsWith(adminPrefix) ? `${protocol}//${host.slice(adminPrefix.length)}/` : '/';
}

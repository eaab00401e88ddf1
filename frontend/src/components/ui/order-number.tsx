/** An order number in a list. It wraps only where there is no room. */
export const OrderNumber = ({ children }: { children: string }) => (
  <span className="text-[13px] [overflow-wrap:anywhere] tabular-nums md:whitespace-nowrap">{children}</span>
);

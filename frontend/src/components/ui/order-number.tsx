/** An order's number in a list: in one piece where there is room. */
export const OrderNumber = ({ children }: { children: string }) => (
  <span className="text-[13px] [overflow-wrap:anywhere] tabular-nums md:whitespace-nowrap">{children}</span>
);

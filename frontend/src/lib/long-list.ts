/** How far the API counts orders, payments and refunds. */
const reach = 5_000;

/** A list's total as the API tells it: there may be more than it counts. */
export const showTotal = (total: number) => (total < reach ? total : '5,000+');

namespace MsaShop.OrderService.Orders;

internal static class OrderPeriod
{
    /// <summary>
    /// Adds the period's range of ids, so that reading by id does not search millions of orders before and after it.
    /// </summary>
    public static async Task<IQueryable<Order>> NarrowAsync(
        IQueryable<Order> period,
        CancellationToken cancellationToken
    )
    {
        var ends = await period
            .GroupBy(_ => 1)
            .Select(orders => new { First = orders.Min(order => order.Id), Last = orders.Max(order => order.Id) })
            .SingleOrDefaultAsync(cancellationToken);
        var (first, last) = (ends?.First ?? 0, ends?.Last ?? 0);
        return period.Where(order => order.Id >= first && order.Id <= last);
    }
}

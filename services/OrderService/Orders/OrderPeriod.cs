using Microsoft.EntityFrameworkCore;

namespace MsaShop.OrderService.Orders;

/// <summary>The orders of a period, for whoever reads them by id.</summary>
internal static class OrderPeriod
{
    /// <summary>Adds between which ids they are: a day would else be looked for among millions before and after it.</summary>
    /// <param name="period">The orders placed between two times.</param>
    /// <param name="cancellationToken">Gives up.</param>
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

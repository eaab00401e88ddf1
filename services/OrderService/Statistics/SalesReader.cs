using MsaShop.OrderService.Orders;

namespace MsaShop.OrderService.Statistics;

internal sealed class SalesReader(OrderDbContext database)
{
    private const int MaxBestSellers = 10;

    private static readonly OrderStatus[] s_sold = [OrderStatus.Confirmed, OrderStatus.Shipping, OrderStatus.Delivered];

    /// <summary>Orders count on the day on which they were placed.</summary>
    public async Task<SalesStatistics> ReadAsync(
        DateOnly first,
        DateOnly last,
        TimeZoneInfo zone,
        CancellationToken cancellationToken
    )
    {
        List<DateOnly> days =
        [
            .. Enumerable.Range(first.DayNumber, last.DayNumber - first.DayNumber + 1).Select(DateOnly.FromDayNumber),
        ];
        var (start, end) = (zone.StartOf(first), zone.StartOf(last.AddDays(1)));
        var groups = await CountAsync([.. days.Select(zone.StartOf)], end, cancellationToken);
        var byDay = groups.ToLookup(group => days[(int)group.Day - 1]);
        return new SalesStatistics(
            first,
            last,
            zone.Id,
            CountOrders(groups),
            SumSales(groups),
            [.. Enum.GetValues<OrderStatus>().Select(status => SumUp(status, groups))],
            [.. days.Select(day => new DayStatistics(day, CountOrders(byDay[day]), SumSales(byDay[day])))],
            await FindBestSellersAsync(start, end, cancellationToken)
        );
    }

    /// <summary>
    /// Groups orders by day and status. INTERVAL gives the number, from 1, of the day that a time lies in.
    /// </summary>
    private Task<List<Group>> CountAsync(
        IReadOnlyList<DateTime> starts,
        DateTime end,
        CancellationToken cancellationToken
    )
    {
        var seconds = string.Join(',', starts.Select(start => (long)(start - starts[0]).TotalSeconds));
        var sql = $$"""
            SELECT
                CAST(INTERVAL(TIMESTAMPDIFF(SECOND, {0}, created_at), {{seconds}}) AS SIGNED) AS Day,
                status AS Status,
                COUNT(*) AS Orders,
                SUM(total_price) AS Total
            FROM orders
            WHERE created_at >= {0} AND created_at < {1}
            GROUP BY Day, Status
            """;
        return database.Database.SqlQueryRaw<Group>(sql, starts[0], end).ToListAsync(cancellationToken);
    }

    private async Task<List<BestSeller>> FindBestSellersAsync(
        DateTime start,
        DateTime end,
        CancellationToken cancellationToken
    )
    {
        var sold = await database
            .Orders.Where(order => order.CreatedAt >= start && order.CreatedAt < end && s_sold.Contains(order.Status))
            .SelectMany(order => order.Items)
            .GroupBy(item => item.ProductId)
            .Select(items => new
            {
                ProductId = items.Key,
                Quantity = items.Sum(item => (long)item.Quantity),
                Sales = items.Sum(item => item.Price * item.Quantity),
                LastItem = items.Max(item => item.Id),
            })
            .OrderByDescending(product => product.Quantity)
            .ThenByDescending(product => product.Sales)
            .ThenBy(product => product.ProductId)
            .Take(MaxBestSellers)
            .ToListAsync(cancellationToken);
        // Products may have been renamed: the last name sold under counts.
        var lastItems = sold.Select(product => product.LastItem).ToList();
        var names = await database
            .Set<OrderItem>()
            .Where(item => lastItems.Contains(item.Id))
            .ToDictionaryAsync(item => item.Id, item => item.ProductName, cancellationToken);
        return
        [
            .. sold.Select(product => new BestSeller(
                product.ProductId,
                names[product.LastItem],
                product.Quantity,
                (long)product.Sales
            )),
        ];
    }

    private static StatusStatistics SumUp(OrderStatus status, IEnumerable<Group> groups)
    {
        var word = status.ToWord();
        var ofStatus = groups.Where(group => group.Status == word).ToList();
        return new(status, ofStatus.Sum(group => group.Orders), (long)ofStatus.Sum(group => group.Total));
    }

    private static long CountOrders(IEnumerable<Group> groups)
    {
        var cancelled = OrderStatus.Cancelled.ToWord();
        return groups.Where(group => group.Status != cancelled).Sum(group => group.Orders);
    }

    private static long SumSales(IEnumerable<Group> groups)
    {
        var sold = s_sold.Select(status => status.ToWord()).ToHashSet();
        return (long)groups.Where(group => sold.Contains(group.Status)).Sum(group => group.Total);
    }

    // As the column has them: a raw query converts nothing.
    private sealed record Group(long Day, string Status, long Orders, decimal Total);
}

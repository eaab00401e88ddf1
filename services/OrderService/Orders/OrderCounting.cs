using OpenTelemetry;

namespace MsaShop.OrderService.Orders;

/// <summary>Counts orders by status for <see cref="OrderMetrics"/>.</summary>
public sealed class OrderCounting(
    IServiceScopeFactory scopes,
    OrderMetrics metrics,
    TimeProvider time,
    ILogger<OrderCounting> logger
) : PeriodicWork(s_interval, time, logger)
{
    /// <summary>Counting all orders may take 1/200 of the time: the longer it takes, the less often it runs.</summary>
    private const int PartOfTime = 200;

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);
    private static readonly OrderStatus[] s_all = Enum.GetValues<OrderStatus>();

    // Orders leave these within days, so there are few. Delivered and cancelled orders stay for ever.
    private static readonly OrderStatus[] s_passing =
    [
        OrderStatus.Pending,
        OrderStatus.Confirmed,
        OrderStatus.Shipping,
    ];

    private readonly Dictionary<OrderStatus, long> _counts = [];
    private DateTimeOffset _countAllAt;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        var started = Time.GetTimestamp();
        var all = Time.GetUtcNow() >= _countAllAt;
        var statuses = all ? s_all : s_passing;
        var counts = await scope
            .ServiceProvider.GetRequiredService<OrderDbContext>()
            .Orders.Where(order => statuses.Contains(order.Status))
            .GroupBy(order => order.Status)
            .Select(orders => new { Status = orders.Key, Count = orders.LongCount() })
            .ToDictionaryAsync(orders => orders.Status, orders => orders.Count, cancellationToken);
        foreach (var status in statuses)
        {
            // A status that no order has any more counts zero, not its last number.
            _counts[status] = counts.GetValueOrDefault(status);
        }

        metrics.Counted(_counts);
        if (all)
        {
            _countAllAt = Time.GetUtcNow() + (Time.GetElapsedTime(started) * PartOfTime);
        }
    }
}

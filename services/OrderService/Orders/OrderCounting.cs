using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Background;
using OpenTelemetry;

namespace MsaShop.OrderService.Orders;

/// <summary>Counts the orders by status, for <see cref="OrderMetrics"/>.</summary>
public sealed class OrderCounting(
    IServiceScopeFactory scopes,
    OrderMetrics metrics,
    TimeProvider time,
    ILogger<OrderCounting> logger
) : PeriodicWork(s_interval, time, logger)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        var counts = await scope
            .ServiceProvider.GetRequiredService<OrderDbContext>()
            .Orders.GroupBy(order => order.Status)
            .Select(orders => new { Status = orders.Key, Count = orders.LongCount() })
            .ToDictionaryAsync(orders => orders.Status, orders => orders.Count, cancellationToken);
        // A status that nothing has left any more has none, rather than as many as last time.
        metrics.Counted(
            Enum.GetValues<OrderStatus>().ToDictionary(status => status, status => counts.GetValueOrDefault(status))
        );
    }
}

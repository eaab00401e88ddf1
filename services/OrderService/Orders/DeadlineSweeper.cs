using System.Diagnostics;
using MsaShop.OrderService.Lifecycle;
using OpenTelemetry;

namespace MsaShop.OrderService.Orders;

/// <summary>
/// Cancels orders that were not paid in time, which returns their stock. Safe with several replicas: each order is
/// locked and judged again. Orders whose card may be charged, or whose bank transfer was seen, are left alone.
/// </summary>
public sealed class DeadlineSweeper(
    IServiceScopeFactory scopes,
    OrderMetrics metrics,
    IOptions<PaymentTermsOptions> terms,
    TimeProvider time,
    ILogger<DeadlineSweeper> logger
) : PeriodicWork(terms.Value.SweepInterval, time, logger)
{
    private const int BatchSize = 100;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrderDbContext>();
        var orders = scope.ServiceProvider.GetRequiredService<OrderStore>();
        var left = terms.Value.SweepAtMost;
        Overdue? last = null;
        List<Overdue> overdue;
        do
        {
            overdue = await FindOverdueAsync(database, last, Math.Min(BatchSize, left), cancellationToken);
            foreach (var order in overdue)
            {
                using var activity = OrderMetrics.Activities.StartActivity("cancel overdue order");
                await CancelAsync(orders, order.Id, cancellationToken);
            }

            left -= overdue.Count;
            last = overdue.LastOrDefault();
        } while (overdue.Count == BatchSize && left > 0);
    }

    /// <summary>
    /// The next batch. It begins after the last order, so that locked orders that were skipped do not come up again.
    /// </summary>
    private async Task<List<Overdue>> FindOverdueAsync(
        OrderDbContext database,
        Overdue? last,
        int limit,
        CancellationToken cancellationToken
    )
    {
        // Polling is not worth a trace.
        using var _ = SuppressInstrumentationScope.Begin();
        var now = Time.GetStorableNow();
        var graceOver = now - terms.Value.DepositGrace;
        return await database
            .Orders.Where(order =>
                order.Status == OrderStatus.Pending && order.PayBy < now && order.PaymentHold == null
            )
            .Where(order => order.DepositSeenAt == null || (order.DepositSeenAt < graceOver && order.PayBy < graceOver))
            .Where(order =>
                last == null || order.PayBy > last.PayBy || (order.PayBy == last.PayBy && order.Id > last.Id)
            )
            .OrderBy(order => order.PayBy)
            .ThenBy(order => order.Id)
            .Take(limit)
            .Select(order => new Overdue(order.Id, order.PayBy))
            .ToListAsync(cancellationToken);
    }

    private sealed record Overdue(long Id, DateTime PayBy);

    private async Task CancelAsync(OrderStore orders, long id, CancellationToken cancellationToken)
    {
        // An order that another transaction is changing is left to it.
        var key = OrderKey.Of(id) with
        {
            LeavesLocked = true,
        };
        var expire = new OrderCommand.Expire(terms.Value.DepositGrace);
        if (
            await orders.ChangeAsync(key, expire, cancellationToken) is OrderOutcome.Done
            {
                Decision: OrderDecision.Change,
                Order: var cancelled,
            }
        )
        {
            metrics.Expired(cancelled.PaymentMethod);
        }
    }
}

using System.Diagnostics;
using MsaShop.OrderService.Orders;
using OpenTelemetry;

namespace MsaShop.OrderService.Placing;

/// <summary>
/// Undoes placements whose request is gone, and returns stock that they may have taken. Safe with several replicas.
/// </summary>
public sealed class PlacementRecovery(
    IServiceScopeFactory scopes,
    IOptions<PlacementOptions> terms,
    TimeProvider time,
    ILogger<PlacementRecovery> logger
) : PeriodicWork(terms.Value.RecoveryInterval, time, logger)
{
    private const int BatchSize = 100;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<OrderDbContext>();
        var placements = scope.ServiceProvider.GetRequiredService<PlacementStore>();
        foreach (var (orderNumber, traceParent) in await FindOverdueAsync(database, cancellationToken))
        {
            using var activity = OrderMetrics.Activities.StartActivity(
                "undo placement",
                ActivityKind.Internal,
                traceParent
            );
            if (await placements.AbandonOverdueAsync(orderNumber, cancellationToken))
            {
                logger.LogWarning("Order {OrderNumber} was left half done and is undone", orderNumber);
            }
        }
    }

    private async Task<List<(string OrderNumber, string? TraceParent)>> FindOverdueAsync(
        OrderDbContext database,
        CancellationToken cancellationToken
    )
    {
        // Polling is not worth a trace.
        using var _ = SuppressInstrumentationScope.Begin();
        var now = Time.GetStorableNow();
        var found = await database
            .Placements.Where(p => p.State == PlacementState.Running && p.LeaseUntil < now)
            .OrderBy(p => p.LeaseUntil)
            .Take(BatchSize)
            .Select(p => new { p.OrderNumber, p.TraceParent })
            .ToListAsync(cancellationToken);
        return [.. found.Select(p => (p.OrderNumber, p.TraceParent))];
    }
}

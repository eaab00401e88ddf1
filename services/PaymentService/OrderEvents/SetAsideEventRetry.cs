using MsaShop.ServiceDefaults.Telemetry;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>
/// Counts the events set aside, for the metrics, and applies those that this release can: an older release may have set them
/// aside while this one was rolled out.
/// </summary>
public sealed class SetAsideEventRetry(
    IServiceScopeFactory scopes,
    OrderEventMetrics metrics,
    IOptions<OrderEventSettings> options,
    TimeProvider time,
    ILogger<SetAsideEventRetry> logger
) : PeriodicWork(options.Value.SetAsideInterval, time, logger)
{
    private const int PageSize = 100;

    /// <summary>Where the next round begins: each takes so many orders.</summary>
    private long _after;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // Polls every few seconds: not worth a trace.
        using var _ = Untraced.Begin();
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        var count = await database.SetAsideEvents.LongCountAsync(cancellationToken);
        if (count > 0)
        {
            await TryAgainAsync(
                database,
                scope.ServiceProvider.GetRequiredService<SetAsideEvents>(),
                cancellationToken
            );
            count = await database.SetAsideEvents.LongCountAsync(cancellationToken);
        }

        metrics.SetSetAside(count);
    }

    private async Task TryAgainAsync(
        PaymentDbContext database,
        SetAsideEvents setAside,
        CancellationToken cancellationToken
    )
    {
        var firsts = await database
            .SetAsideEvents.AsNoTracking()
            .WhereFirst(database)
            .Where(waiting => waiting.Position > _after)
            .OrderBy(waiting => waiting.Position)
            .Take(PageSize)
            .ToListAsync(cancellationToken);
        foreach (
            var first in firsts.Where(first =>
                OrderEventEffect.Of(first.ToEvent()) is not OrderEventEffect.NotUnderstood
            )
        )
        {
            await setAside.TryAgainAsync(first.OrderId, cancellationToken);
        }

        _after = firsts.Count == PageSize ? firsts[^1].Position : 0;
    }
}

internal static class SetAsideEventQueries
{
    /// <summary>The oldest one of each order.</summary>
    public static IQueryable<SetAsideEvent> WhereFirst(
        this IQueryable<SetAsideEvent> events,
        PaymentDbContext database
    ) =>
        events.Where(waiting =>
            !database.SetAsideEvents.Any(before =>
                before.OrderId == waiting.OrderId && before.Position < waiting.Position
            )
        );
}

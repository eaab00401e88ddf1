using MsaShop.ServiceDefaults.Telemetry;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>
/// Counts the events that are set aside, for the metrics, and gives them their effects once they are understood: by a
/// newer release, which began while an older one still set them aside.
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

    /// <summary>Where the next look begins: each looks at a limited number of orders.</summary>
    private long _after;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // A trace every few seconds is only noise.
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
            .Where(waiting =>
                !database.SetAsideEvents.Any(before =>
                    before.OrderId == waiting.OrderId && before.Position < waiting.Position
                )
            )
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

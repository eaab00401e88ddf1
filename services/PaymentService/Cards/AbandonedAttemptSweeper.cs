using OpenTelemetry;

namespace MsaShop.PaymentService.Cards;

/// <summary>
/// Has attempts settled whose requests overran their lease: the process died, or the database did not take the outcome.
/// The attempt's own row says so; nothing else is stored for this case.
/// </summary>
public sealed class AbandonedAttemptSweeper(
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<AbandonedAttemptSweeper> logger
) : PeriodicWork(TimeSpan.FromSeconds(1), time, logger)
{
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // A trace every second is only noise.
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CardStore>().SettleAbandonedAsync(cancellationToken);
    }
}

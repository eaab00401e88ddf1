using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Background;
using OpenTelemetry;

namespace MsaShop.PaymentService.Cards;

/// <summary>
/// Has attempts to pay by card settled whose requests have not ended in their time: their process died, or the database did not
/// take what they found out. The attempt itself says so; nothing else need be stored for the case.
/// </summary>
public sealed class AbandonedAttemptSweeper(
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<AbandonedAttemptSweeper> logger
) : PeriodicWork(TimeSpan.FromSeconds(1), time, logger)
{
    /// <inheritdoc />
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // A trace every second would tell nobody anything.
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CardStore>().SettleAbandonedAsync(cancellationToken);
    }
}

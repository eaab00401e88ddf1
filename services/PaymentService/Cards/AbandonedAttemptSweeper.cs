using MsaShop.PaymentService.Payments;
using OpenTelemetry;

namespace MsaShop.PaymentService.Cards;

/// <summary>
/// Queues card attempts whose request has overrun its lease: the process died, or the database did not take the outcome. The
/// lease on the attempt is all the state this needs.
/// </summary>
public sealed class AbandonedAttemptSweeper(
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<AbandonedAttemptSweeper> logger
) : PeriodicWork(TimeSpan.FromSeconds(1), time, logger)
{
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // Polls every second: not worth a trace.
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<CardStore>().SettleAbandonedAsync(cancellationToken);
    }
}

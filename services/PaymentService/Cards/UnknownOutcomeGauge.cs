using OpenTelemetry;

namespace MsaShop.PaymentService.Cards;

/// <summary>Counts, for the metrics, the attempts to pay by card whose outcome is unknown.</summary>
internal sealed class UnknownOutcomeGauge(
    IServiceScopeFactory scopes,
    PaymentMetrics metrics,
    TimeProvider time,
    ILogger<UnknownOutcomeGauge> logger
) : PeriodicWork(TimeSpan.FromSeconds(15), time, logger)
{
    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // A trace every few seconds is only noise.
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        var now = Time.GetStorableNow();
        metrics.SetUnknown(
            await database.CardAttempts.LongCountAsync(
                attempt =>
                    attempt.Status == CardAttemptStatus.Confirming
                    && (attempt.LeaseUntil == null || attempt.LeaseUntil < now),
                cancellationToken
            )
        );
    }
}

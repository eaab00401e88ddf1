using Microsoft.EntityFrameworkCore;
using MsaShop.PaymentService.Payments;
using OpenTelemetry;

namespace MsaShop.PaymentService.Cards;

/// <summary>Counts, for the metrics, the attempts to pay by card of which nobody knows the outcome.</summary>
internal sealed class UnknownOutcomes(
    IServiceScopeFactory scopes,
    PaymentMetrics metrics,
    TimeProvider time,
    ILogger<UnknownOutcomes> logger
) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(15);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                // A trace every few seconds would tell nobody anything.
                using var _ = SuppressInstrumentationScope.Begin();
                await using var scope = scopes.CreateAsyncScope();
                var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
                var now = time.GetUtcNow().UtcDateTime;
                metrics.SetUnknown(
                    await database.CardAttempts.LongCountAsync(
                        attempt =>
                            attempt.Status == CardAttemptStatus.Confirming
                            && (attempt.LeaseUntil == null || attempt.LeaseUntil < now),
                        stoppingToken
                    )
                );
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(exception, "Unknown outcomes could not be counted; that is tried again later");
            }
        }
    }
}

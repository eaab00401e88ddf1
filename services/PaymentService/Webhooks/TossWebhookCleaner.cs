using Microsoft.EntityFrameworkCore;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>Forgets messages of Toss's that will not be repeated any more: Toss gives up after four days.</summary>
internal sealed class TossWebhookCleaner(
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<TossWebhookCleaner> logger
) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_keep = TimeSpan.FromDays(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
                var before = time.GetUtcNow().UtcDateTime - s_keep;
                await database
                    .WebhookDeliveries.Where(delivery => delivery.ReceivedAt < before)
                    .ExecuteDeleteAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(
                    exception,
                    "Old messages of Toss's could not be forgotten; that is tried again later"
                );
            }
        }
    }
}

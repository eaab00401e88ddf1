using Microsoft.EntityFrameworkCore;
using MsaShop.ServiceDefaults.Background;
using MsaShop.ServiceDefaults.Data;
using OpenTelemetry;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>Forgets messages of Toss's that will not be repeated any more: Toss gives up after four days.</summary>
internal sealed class TossWebhookCleaner(
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<TossWebhookCleaner> logger
) : PeriodicWork(TimeSpan.FromHours(1), time, logger)
{
    private static readonly TimeSpan s_keep = TimeSpan.FromDays(30);

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        using var _ = SuppressInstrumentationScope.Begin();
        await using var scope = scopes.CreateAsyncScope();
        var database = scope.ServiceProvider.GetRequiredService<PaymentDbContext>();
        var before = Time.GetStorableNow() - s_keep;
        await database
            .WebhookDeliveries.Where(delivery => delivery.ReceivedAt < before)
            .ExecuteDeleteAsync(cancellationToken);
    }
}

using Microsoft.Extensions.Options;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>Deletes webhooks that Toss will not repeat any more.</summary>
internal sealed class TossWebhookCleaner(
    IServiceScopeFactory scopes,
    IOptions<WebhookOptions> terms,
    TimeProvider time,
    ILogger<TossWebhookCleaner> logger
) : RowCleaner<PaymentDbContext>(scopes, time, logger)
{
    public override string Table => "webhook_deliveries";

    protected override Task<int> DeleteAsync(
        PaymentDbContext database,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var before = now - terms.Value.Keep;
        return database.Database.ExecuteSqlAsync(
            $"DELETE FROM webhook_deliveries WHERE received_at < {before} ORDER BY received_at LIMIT {BatchSize}",
            cancellationToken
        );
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MsaShop.ServiceDefaults.Data;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>How Toss's messages are remembered: the configuration section <c>TossWebhooks</c>.</summary>
public sealed class TossWebhookTerms
{
    /// <summary>How long it is known that a message has come. Toss repeats one for four days.</summary>
    [Range(typeof(TimeSpan), "5.00:00:00", "365.00:00:00")]
    public TimeSpan Keep { get; init; } = TimeSpan.FromDays(30);
}

/// <summary>Forgets messages of Toss's that will not be repeated any more.</summary>
internal sealed class TossWebhookCleaner(
    IServiceScopeFactory scopes,
    IOptions<TossWebhookTerms> terms,
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

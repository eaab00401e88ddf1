using Microsoft.EntityFrameworkCore;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Data;
using MsaShop.ServiceDefaults.Outbox;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>Has Toss asked about the payments that its messages name. Answers without waiting for that.</summary>
internal sealed class TossWebhookReceiver(
    PaymentDbContext database,
    TimeProvider time,
    ILogger<TossWebhookReceiver> logger
)
{
    /// <summary>Takes a message; one about a payment that is not known here is nothing to keep.</summary>
    /// <param name="webhook">The message.</param>
    /// <param name="transmissionId">What its repeats share.</param>
    /// <param name="cancellationToken">Gives up; Toss sends it again.</param>
    public async Task ReceiveAsync(TossWebhook webhook, string? transmissionId, CancellationToken cancellationToken)
    {
        var attempts = webhook.IsAboutPayment ? await FindAsync(webhook, cancellationToken) : [];
        if (attempts.Count == 0)
        {
            logger.LogInformation("A {EventType} of Toss's is about nothing that is known here", webhook.Kind);
            return;
        }

        await database.TransactAsync(
            async token =>
            {
                var now = time.GetStorableNow();
                if (transmissionId is not null && !await RememberAsync(webhook, transmissionId, now, token))
                {
                    return;
                }

                foreach (var attempt in attempts)
                {
                    await database.EnqueueOrHastenAsync(
                        new SettleCard(attempt.Id),
                        SettleCard.KeyOf(attempt),
                        now,
                        token
                    );
                }
            },
            cancellationToken
        );
    }

    private Task<List<CardAttempt>> FindAsync(TossWebhook webhook, CancellationToken cancellationToken)
    {
        var attempts = database.CardAttempts.AsNoTracking();
        return (
            webhook.Data is { } payment
                ? attempts.Where(a => a.PaymentKey == payment.PaymentKey && a.OrderNumber == payment.OrderId)
                : attempts.Where(a => a.OrderNumber == webhook.OrderId)
        ).ToListAsync(cancellationToken);
    }

    /// <returns>Whether it has not come before.</returns>
    private async Task<bool> RememberAsync(
        TossWebhook webhook,
        string transmissionId,
        DateTime now,
        CancellationToken cancellationToken
    ) =>
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT IGNORE INTO webhook_deliveries (transmission_id, event_type, payment_key, received_at)
            VALUES ({transmissionId}, {webhook.Kind}, {webhook.Data?.PaymentKey}, {now})
            """,
            cancellationToken
        ) == 1;
}

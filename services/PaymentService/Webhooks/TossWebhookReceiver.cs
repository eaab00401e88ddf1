using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Cards;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>Has Toss asked about the payments that its messages name. Answers without waiting for that.</summary>
internal sealed class TossWebhookReceiver(
    PaymentDbContext database,
    IOptions<WebhookOptions> terms,
    TimeProvider time,
    ILogger<TossWebhookReceiver> logger
)
{
    private readonly WebhookOptions _terms = terms.Value;

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

        if (transmissionId is not null && await HasComeAsync(transmissionId, cancellationToken))
        {
            return;
        }

        var now = time.GetStorableNow();
        var asks = new List<(CardAttempt Attempt, DateTime At)>();
        foreach (var attempt in attempts)
        {
            asks.Add((attempt, await FindTurnAsync(attempt, now, cancellationToken)));
        }

        // Those that come too often are not remembered either: each asks together with the others.
        var isRemembered = transmissionId is not null && asks.Exists(ask => ask.At == now);
        await database.TransactAsync(
            async token =>
            {
                if (isRemembered && !await RememberAsync(webhook, transmissionId!, now, token))
                {
                    return;
                }

                foreach (var (attempt, at) in asks)
                {
                    await database.EnqueueOrHastenAsync(
                        new SettleCard(attempt.Id),
                        SettleCard.KeyOf(attempt),
                        at,
                        token
                    );
                }
            },
            cancellationToken
        );
    }

    /// <summary>
    /// When Toss may be asked about the attempt: a few times at once, and then once in a while. Each time takes
    /// <see cref="CardAttempt.HintsUntil"/> a pause further, but never further ahead than a few.
    /// </summary>
    private async Task<DateTime> FindTurnAsync(CardAttempt attempt, DateTime now, CancellationToken cancellationToken)
    {
        var ahead = _terms.Pause * (_terms.Burst - 1);
        // A statement of its own: nobody who pays waits for what a stranger sends.
        var isNow = await database.ExecuteStatementAsync(
            $"""
            UPDATE card_attempts
            SET hints_until = GREATEST(COALESCE(hints_until, {now}), {now}) + INTERVAL {_terms.Pause.Ticks
                / 10} MICROSECOND
            WHERE id = {attempt.Id} AND (hints_until IS NULL OR hints_until <= {now + ahead})
            """,
            cancellationToken
        );
        if (isNow == 1)
        {
            return now;
        }

        var until = await database
            .CardAttempts.Where(a => a.Id == attempt.Id)
            .Select(a => a.HintsUntil)
            .SingleAsync(cancellationToken);
        return until is { } end && end - ahead > now ? end - ahead : now;
    }

    private Task<bool> HasComeAsync(string transmissionId, CancellationToken cancellationToken) =>
        database.WebhookDeliveries.AnyAsync(delivery => delivery.TransmissionId == transmissionId, cancellationToken);

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

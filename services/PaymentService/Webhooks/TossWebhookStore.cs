using MsaShop.PaymentService.Cards;

namespace MsaShop.PaymentService.Webhooks;

/// <summary>Stores which of Toss's webhooks have come, and that Toss is to be asked because of them.</summary>
internal sealed class TossWebhookStore(PaymentDbContext database, IOptions<WebhookOptions> terms)
{
    private readonly WebhookOptions _terms = terms.Value;

    public Task<bool> HasComeAsync(string transmissionId, CancellationToken cancellationToken) =>
        database.WebhookDeliveries.AnyAsync(delivery => delivery.TransmissionId == transmissionId, cancellationToken);

    public Task<List<CardAttempt>> FindAttemptsAsync(TossWebhook webhook, CancellationToken cancellationToken)
    {
        var attempts = database.CardAttempts.AsNoTracking();
        return (
            webhook.Data is { } payment
                ? attempts.Where(a => a.PaymentKey == payment.PaymentKey && a.OrderNumber == payment.OrderId)
                : attempts.Where(a => a.OrderNumber == webhook.OrderId)
        ).ToListAsync(cancellationToken);
    }

    /// <summary>
    /// When Toss may be asked about the attempt: a burst at once, and then one at a time. Each turn moves <see
    /// cref="CardAttempt.HintsUntil"/> on by a pause, at most a burst ahead of the clock.
    /// </summary>
    public async Task<DateTime> FindTurnAsync(CardAttempt attempt, DateTime now, CancellationToken cancellationToken)
    {
        var ahead = _terms.Pause * (_terms.Burst - 1);
        // A statement of its own, so that nobody who pays waits for what a stranger sends.
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

    /// <summary>Has Toss asked, unless the webhook has come before.</summary>
    /// <param name="transmissionId">Null where it is not remembered.</param>
    /// <param name="asks">The attempts, and when Toss may be asked about each.</param>
    public Task AskAsync(
        TossWebhook webhook,
        string? transmissionId,
        IReadOnlyList<(CardAttempt Attempt, DateTime At)> asks,
        DateTime now,
        CancellationToken cancellationToken
    ) =>
        // A repeat finds the webhook that it has stored, and has asked.
        database.TransactBatchedAsync(
            async (transaction, token) =>
            {
                if (transmissionId is not null)
                {
                    transaction.Write(
                        $"""
                        INSERT IGNORE INTO webhook_deliveries (transmission_id, event_type, payment_key, received_at)
                        VALUES ({transmissionId}, {webhook.Kind}, {webhook.Data?.PaymentKey}, {now})
                        """
                    );
                    if (await transaction.SendAsync(token) == 0)
                    {
                        return false;
                    }
                }

                foreach (var (attempt, at) in asks)
                {
                    transaction.EnqueueSettling(attempt.Id, at);
                }

                return true;
            },
            cancellationToken
        );
}

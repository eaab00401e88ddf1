using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Refunds;

/// <summary>How an administrator's request about a refund ends.</summary>
/// <param name="Draft">The payment as it is afterwards.</param>
/// <param name="Refusal">Null if the refund is as requested.</param>
/// <param name="Replayed">Whether it already was.</param>
internal sealed record RefundOutcome(
    PaymentDraft Draft,
    Refund? Refund,
    PaymentRefusal? Refusal = null,
    bool Replayed = false
);

/// <summary>Makes refunds for administrators.</summary>
internal sealed class RefundDesk(
    PaymentStore payments,
    OutboxDispatcher outbox,
    TimeProvider time,
    ILogger<RefundDesk> logger
)
{
    /// <summary>Refunds a payment, and waits briefly for the outcome.</summary>
    /// <param name="amount">In won; null for all that is left.</param>
    /// <param name="idempotencyKey">There is one refund per key; null if the caller gives none.</param>
    /// <param name="cancellationToken">Stops waiting; what has begun goes on.</param>
    /// <returns>Null if there is no such payment.</returns>
    public async Task<RefundOutcome?> RefundAsync(
        long paymentId,
        decimal? amount,
        Actor actor,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        // A refund always has a key, which identifies it if the answer to its commit is lost.
        var key = idempotencyKey ?? Guid.CreateVersion7().ToString();
        var now = time.GetStorableNow();
        var outcome = await payments.ChangeAsync(
            new PaymentKey.Of(paymentId),
            new PaymentCommand.RequestRefund(amount, actor, key),
            now,
            cancellationToken
        );
        if (outcome is null)
        {
            return null;
        }

        var refund = RefundTransitions.FindByKey(outcome.Draft, key);
        return await AwaitAsync(outcome, refund, isReplayed: refund?.CreatedAt != now, cancellationToken);
    }

    /// <summary>
    /// Retries a refund that Toss refused, and waits briefly for the outcome. Repeatable: other refunds stay as they are.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting; what has begun goes on.</param>
    /// <returns>Null if there is no such refund.</returns>
    public async Task<RefundOutcome?> RetryAsync(long refundId, long userId, CancellationToken cancellationToken)
    {
        var outcome = await DoAsync(new PaymentCommand.RetryRefund(refundId, userId), cancellationToken);
        if (outcome is null)
        {
            return null;
        }

        var refund = outcome.Draft.FindRefund(refundId);
        if (outcome.Message is not null)
        {
            logger.LogInformation("Refund {RefundId} is tried again by user {UserId}", refundId, userId);
        }

        return await AwaitAsync(outcome, refund, isReplayed: outcome.Message is null, cancellationToken);
    }

    /// <summary>
    /// Records that a refund refused by Toss was made by hand, such as by bank transfer: its money counts as refunded, and
    /// the order ends if that was all. Repeatable.
    /// </summary>
    /// <param name="reason">How it was made, or why.</param>
    /// <param name="cancellationToken">Stops waiting; what is recorded stays.</param>
    /// <returns>Null if there is no such refund.</returns>
    public async Task<RefundOutcome?> SettleAsync(
        long refundId,
        long userId,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var outcome = await DoAsync(new PaymentCommand.SettleRefund(refundId, userId, reason), cancellationToken);
        if (outcome?.Payment.RefundedAmount > outcome?.Draft.Before.Payment.RefundedAmount)
        {
            logger.LogWarning("Refund {RefundId} was made by hand, says user {UserId}", refundId, userId);
        }

        return outcome is null
            ? null
            : new RefundOutcome(outcome.Draft, outcome.Draft.FindRefund(refundId), outcome.Refusal);
    }

    /// <summary>Records that an administrator has transferred a refund. Repeatable.</summary>
    /// <returns>Null if there is no such refund.</returns>
    public async Task<Refund?> MarkTransferredAsync(long refundId, long userId, CancellationToken cancellationToken)
    {
        var outcome = await DoAsync(new PaymentCommand.MarkTransferred(refundId, userId), cancellationToken);
        return outcome?.Draft.FindRefund(refundId);
    }

    private Task<PaymentOutcome?> DoAsync(PaymentCommand.OfRefund command, CancellationToken cancellationToken) =>
        payments.ChangeAsync(new PaymentKey.OfRefund(command.RefundId), command, cancellationToken);

    /// <summary>Delivers the refund now, if Toss is to make it.</summary>
    private async Task<RefundOutcome> AwaitAsync(
        PaymentOutcome outcome,
        Refund? refund,
        bool isReplayed,
        CancellationToken cancellationToken
    )
    {
        if (outcome is { Refusal: null, Message: { } message } && refund is not null)
        {
            await outbox.DeliverNowAsync(message, cancellationToken);
            refund = await payments.ReadRefundAsync(refund.Id, cancellationToken);
        }

        return new RefundOutcome(outcome.Draft, refund, outcome.Refusal, isReplayed);
    }
}

namespace MsaShop.PaymentService.Refunds;

/// <param name="Refund">Null where there is none.</param>
/// <param name="Replayed">Whether it had been done before.</param>
internal sealed record RefundOutcome(
    PaymentDraft Draft,
    Refund? Refund,
    PaymentRefusal? Refusal = null,
    bool Replayed = false
);

/// <summary>Gives money back on an administrator's word. What has begun goes on when the caller gives up.</summary>
internal sealed class RefundDesk(
    PaymentStore payments,
    OutboxDispatcher outbox,
    TimeProvider time,
    ILogger<RefundDesk> logger
)
{
    /// <summary>Refunds a payment, and waits until it is done, if that does not take long.</summary>
    /// <param name="amount">In won; null for all that is left.</param>
    /// <param name="idempotencyKey">A payment has one refund for each key; null where the caller gives none.</param>
    /// <returns>Null if there is no such payment.</returns>
    public async Task<RefundOutcome?> RefundAsync(
        long paymentId,
        decimal? amount,
        Actor actor,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        // A refund always has a key: should the answer to the commit get lost, it tells this refund from another.
        var key = idempotencyKey ?? Guid.CreateVersion7().ToString();
        var now = time.GetStorableNow();
        var outcome = await payments.ChangeAsync(
            new PaymentKey.Of(paymentId),
            new PaymentCommand.RequestRefund(amount, actor, key),
            cancellationToken,
            now
        );
        if (outcome is null)
        {
            return null;
        }

        var refund = RefundTransitions.FindByKey(outcome.Draft, key);
        return await AwaitAsync(outcome, refund, isReplayed: refund?.CreatedAt != now, cancellationToken);
    }

    /// <summary>
    /// Retries a refund that Toss has refused, and waits until it is done, if that does not take long. Repeatable: a
    /// refund that has not been refused stays as it is.
    /// </summary>
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
    /// Records that a refund which Toss has refused was made by hand, say by a transfer from the shop's account: its
    /// money counts as gone back, and the order ends if that was all. Repeatable.
    /// </summary>
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

    /// <summary>Records that a refund has been transferred by hand. Repeatable.</summary>
    /// <returns>Null if there is no such refund.</returns>
    public async Task<Refund?> MarkTransferredAsync(long refundId, long userId, CancellationToken cancellationToken)
    {
        var outcome = await DoAsync(new PaymentCommand.MarkTransferred(refundId, userId), cancellationToken);
        return outcome?.Draft.FindRefund(refundId);
    }

    private Task<PaymentOutcome?> DoAsync(PaymentCommand.OfRefund command, CancellationToken cancellationToken) =>
        payments.ChangeAsync(new PaymentKey.OfRefund(command.RefundId), command, cancellationToken);

    /// <summary>Has the refund made now, where that is up to Toss.</summary>
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

using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Refunds;

/// <summary>What comes of an administrator's wish about a refund.</summary>
/// <param name="Draft">The payment, as it is since.</param>
/// <param name="Refund">The refund; null where there is none.</param>
/// <param name="Refusal">Why nothing has come of it; null where it is as it was asked to be.</param>
/// <param name="Replayed">Whether it had been so before.</param>
internal sealed record RefundOutcome(
    PaymentDraft Draft,
    Refund? Refund,
    PaymentRefusal? Refusal = null,
    bool Replayed = false
);

/// <summary>Gives money back because an administrator says so.</summary>
internal sealed class RefundDesk(
    PaymentStore payments,
    OutboxDispatcher outbox,
    TimeProvider time,
    ILogger<RefundDesk> logger
)
{
    /// <summary>Refunds a payment, and waits until it is done, if that does not take long.</summary>
    /// <param name="paymentId">The payment.</param>
    /// <param name="amount">How much, in won; null for all that is left.</param>
    /// <param name="actor">Who wants it, and why.</param>
    /// <param name="idempotencyKey">Under the same key the payment is refunded once; null where the caller gives none.</param>
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
        // A refund always has a key: should the answer to the commit get lost, it tells this refund from another one.
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
    /// Has a refund made after all that Toss has refused, and waits until it is done, if that does not take long.
    /// Repeatable: what has not been refused is as it was.
    /// </summary>
    /// <param name="refundId">The refund.</param>
    /// <param name="userId">The administrator who says so.</param>
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
    /// Records that a refund which Toss has refused was made by hand, by a transfer from the shop's account say: its money counts
    /// as gone back, and the order ends if that was all. Repeatable.
    /// </summary>
    /// <param name="refundId">The refund.</param>
    /// <param name="userId">The administrator who says so.</param>
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

    /// <summary>Records that a refund has been transferred by hand. Repeatable.</summary>
    /// <param name="refundId">The refund.</param>
    /// <param name="userId">The administrator who says so.</param>
    /// <param name="cancellationToken">Stops waiting; what is recorded stays.</param>
    /// <returns>The refund; null if there is none.</returns>
    public async Task<Refund?> MarkTransferredAsync(long refundId, long userId, CancellationToken cancellationToken)
    {
        var outcome = await DoAsync(new PaymentCommand.MarkTransferred(refundId, userId), cancellationToken);
        return outcome?.Draft.FindRefund(refundId);
    }

    private Task<PaymentOutcome?> DoAsync(PaymentCommand.OfRefund command, CancellationToken cancellationToken) =>
        payments.ChangeAsync(new PaymentKey.OfRefund(command.RefundId), command, cancellationToken);

    /// <summary>Has the refund made now, where that is Toss's to do.</summary>
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

using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Refunds;

/// <summary>What comes of an admin's wish to give money back.</summary>
internal abstract record RefundOutcome
{
    private RefundOutcome() { }

    /// <summary>The refund is there; its status tells how far it is.</summary>
    /// <param name="Refund">The refund.</param>
    /// <param name="Replayed">Whether an earlier request with the same idempotency key began it.</param>
    public sealed record Begun(Refund Refund, bool Replayed) : RefundOutcome;

    /// <summary>There is no such payment.</summary>
    public sealed record NotFound : RefundOutcome;

    /// <summary>The idempotency key belongs to another request.</summary>
    public sealed record KeyReused : RefundOutcome;

    /// <summary>The money is not there, or not there any more.</summary>
    /// <param name="Status">Where the payment stands.</param>
    public sealed record NotRefundable(PaymentStatus Status) : RefundOutcome;

    /// <summary>The order has not been told of the money yet.</summary>
    /// <param name="UndoUntil">Until when the deposit can be undone.</param>
    public sealed record Undoable(DateTime UndoUntil) : RefundOutcome;

    /// <summary>Another refund of the payment is under way.</summary>
    /// <param name="RefundId">That refund.</param>
    public sealed record InProgress(long RefundId) : RefundOutcome;

    /// <summary>Toss has not refused it: it has made it, or leaves it to be transferred.</summary>
    /// <param name="Status">Where it stands.</param>
    public sealed record NotRefused(RefundStatus Status) : RefundOutcome;

    /// <summary>Somebody else has said that it has been made by hand.</summary>
    /// <param name="Refund">The refund, with who and when.</param>
    public sealed record SettledBefore(Refund Refund) : RefundOutcome;

    /// <summary>Not that much is left.</summary>
    /// <param name="Refundable">How much is.</param>
    public sealed record TooLarge(decimal Refundable) : RefundOutcome;
}

/// <summary>Gives money back because an admin says so.</summary>
internal sealed class RefundDesk(
    PaymentDbContext database,
    RefundRequester requester,
    OutboxDispatcher outbox,
    RefundMetrics metrics,
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
    public async Task<RefundOutcome> RefundAsync(
        long paymentId,
        decimal? amount,
        Actor actor,
        string? idempotencyKey,
        CancellationToken cancellationToken
    )
    {
        // A refund always has a key: should the answer to the commit get lost, it tells this refund from another one.
        var key = idempotencyKey ?? Guid.CreateVersion7().ToString();
        RequestedRefund? requested = null;
        var outcome = await database.TransactAsync(
            async token =>
            {
                var payment = await database.LockPaymentAsync(paymentId, token);
                if (payment is null)
                {
                    return new RefundOutcome.NotFound();
                }

                if (await FindAsync(paymentId, key, token) is { } earlier)
                {
                    return earlier.AskedAmount == amount && earlier.Reason == actor.Reason
                        ? new RefundOutcome.Begun(earlier, Replayed: earlier.Id != requested?.Refund.Id)
                        : new RefundOutcome.KeyReused();
                }

                if (payment.Status != PaymentStatus.Completed)
                {
                    return new RefundOutcome.NotRefundable(payment.Status);
                }

                // Undoing it is what is meant, or else the order is about to be confirmed.
                if (payment.UndoUntil is { } undoUntil)
                {
                    return new RefundOutcome.Undoable(undoUntil);
                }

                if (await FindPendingAsync(paymentId, token) is { } pending)
                {
                    return new RefundOutcome.InProgress(pending.Id);
                }

                if (amount > payment.Refundable)
                {
                    return new RefundOutcome.TooLarge(payment.Refundable);
                }

                requested = await requester.RequestAsync(payment, amount, actor, key, hasOrderEnded: false, token);
                return (RefundOutcome)new RefundOutcome.Begun(requested.Refund, Replayed: false);
            },
            cancellationToken
        );
        if (outcome is not RefundOutcome.Begun { Replayed: false } begun || requested?.Message is not { } message)
        {
            return outcome;
        }

        await outbox.TryDeliverAsync(message, cancellationToken);
        var refund = await database
            .Refunds.AsNoTracking()
            .SingleAsync(refund => refund.Id == begun.Refund.Id, cancellationToken);
        return begun with { Refund = refund };
    }

    /// <summary>
    /// Has a refund made after all that Toss has refused, and waits until it is done, if that does not take long.
    /// Repeatable: what has not been refused is as it was.
    /// </summary>
    /// <param name="refundId">The refund.</param>
    /// <param name="userId">The admin who says so.</param>
    /// <param name="cancellationToken">Stops waiting; what has begun goes on.</param>
    public async Task<RefundOutcome> RetryAsync(long refundId, long userId, CancellationToken cancellationToken)
    {
        if (await FindPaymentIdAsync(refundId, cancellationToken) is not { } paymentId)
        {
            return new RefundOutcome.NotFound();
        }

        var outcome = await database.TransactAsync(
            token => BeginAgainAsync(refundId, paymentId, userId, token),
            cancellationToken
        );
        if (outcome is not RefundOutcome.Begun { Refund.Status: RefundStatus.Pending } begun)
        {
            return outcome;
        }

        logger.LogInformation("Refund {RefundId} is tried again by user {UserId}", refundId, userId);
        var key = SendRefund.KeyOf(begun.Refund);
        var message = await database
            .Set<OutboxMessage>()
            .AsNoTracking()
            .SingleOrDefaultAsync(
                message =>
                    message.Type == SendRefund.Type && message.Key == key && message.Status == OutboxStatus.Pending,
                cancellationToken
            );
        if (message is not null)
        {
            await outbox.TryDeliverAsync(message, cancellationToken);
        }

        var refund = await database
            .Refunds.AsNoTracking()
            .SingleAsync(refund => refund.Id == refundId, cancellationToken);
        return begun with { Refund = refund };
    }

    private async Task<RefundOutcome> BeginAgainAsync(
        long refundId,
        long paymentId,
        long userId,
        CancellationToken cancellationToken
    )
    {
        var (payment, refund) = await LockAsync(refundId, paymentId, cancellationToken);
        if (refund.Status != RefundStatus.Failed)
        {
            return new RefundOutcome.Begun(refund, Replayed: true);
        }

        if (await FindObstacleAsync(refund, payment, cancellationToken) is { } obstacle)
        {
            return obstacle;
        }

        refund.Status = RefundStatus.Pending;
        // The same key would only get the same answer again.
        refund.Try++;
        refund.UpdatedAt = time.GetStorableNow();
        (refund.RetriedBy, refund.RetriedAt) = (userId, refund.UpdatedAt);
        await database.EnqueueOrHastenAsync(
            new SendRefund(refund.Id),
            SendRefund.KeyOf(refund),
            cancellationToken: cancellationToken
        );
        return new RefundOutcome.Begun(refund, Replayed: false);
    }

    /// <summary>
    /// Writes down that a refund which Toss has refused was made by hand, by a transfer from the shop's account say: its money counts
    /// as gone back, and the order ends if that was all. Repeatable.
    /// </summary>
    /// <param name="refundId">The refund.</param>
    /// <param name="userId">The admin who says so.</param>
    /// <param name="reason">How it was made, or why.</param>
    /// <param name="cancellationToken">Stops waiting; what is written down stays.</param>
    public async Task<RefundOutcome> SettleAsync(
        long refundId,
        long userId,
        string reason,
        CancellationToken cancellationToken
    )
    {
        if (await FindPaymentIdAsync(refundId, cancellationToken) is not { } paymentId)
        {
            return new RefundOutcome.NotFound();
        }

        var outcome = await database.TransactAsync(
            token => SettleAsync(refundId, paymentId, userId, reason, token),
            cancellationToken
        );
        if (outcome is RefundOutcome.Begun { Replayed: false, Refund: var settled })
        {
            metrics.Ended(PaymentMethod.Card, settled);
            logger.LogWarning("Refund {RefundId} was made by hand, says user {UserId}", refundId, userId);
        }

        return outcome;
    }

    private async Task<RefundOutcome> SettleAsync(
        long refundId,
        long paymentId,
        long userId,
        string reason,
        CancellationToken cancellationToken
    )
    {
        var (payment, refund) = await LockAsync(refundId, paymentId, cancellationToken);
        switch (refund)
        {
            case { SettledBy: { } first }:
                return first == userId
                    ? new RefundOutcome.Begun(refund, Replayed: true)
                    : new RefundOutcome.SettledBefore(refund);
            case { Status: RefundStatus.Pending }:
                return new RefundOutcome.InProgress(refundId);
            case { Status: not RefundStatus.Failed }:
                return new RefundOutcome.NotRefused(refund.Status);
        }

        if (await FindObstacleAsync(refund, payment, cancellationToken) is { } obstacle)
        {
            return obstacle;
        }

        var now = time.GetStorableNow();
        var actor = new Actor(PaymentActor.Admin, userId, reason);
        refund.Settle(userId, reason, now);
        payment.GiveBack(refund.Amount, actor, now);
        if (payment.Status == PaymentStatus.Refunded)
        {
            await database.EnqueueOrHastenAsync(
                OrderRefunded.Of(payment, actor),
                OrderRefunded.KeyOf(payment),
                cancellationToken: cancellationToken
            );
        }

        return new RefundOutcome.Begun(refund, Replayed: false);
    }

    private Task<long?> FindPaymentIdAsync(long refundId, CancellationToken cancellationToken) =>
        database
            .Refunds.Where(refund => refund.Id == refundId)
            .Select(refund => (long?)refund.PaymentId)
            .SingleOrDefaultAsync(cancellationToken);

    private async Task<(Payment Payment, Refund Refund)> LockAsync(
        long refundId,
        long paymentId,
        CancellationToken cancellationToken
    )
    {
        var payment =
            await database.LockPaymentAsync(paymentId, cancellationToken)
            ?? throw new InvalidOperationException($"There is no payment {paymentId}.");
        return (payment, await database.Refunds.SingleAsync(refund => refund.Id == refundId, cancellationToken));
    }

    /// <summary>What keeps a refund that Toss has refused from being made after all.</summary>
    private async Task<RefundOutcome?> FindObstacleAsync(
        Refund refund,
        Payment payment,
        CancellationToken cancellationToken
    )
    {
        if (payment.Status != PaymentStatus.Completed)
        {
            return new RefundOutcome.NotRefundable(payment.Status);
        }

        if (await FindPendingAsync(payment.Id, cancellationToken) is { } pending)
        {
            return new RefundOutcome.InProgress(pending.Id);
        }

        return refund.Amount > payment.Refundable ? new RefundOutcome.TooLarge(payment.Refundable) : null;
    }

    /// <summary>Writes down that a refund has been transferred by hand. Repeatable.</summary>
    /// <returns>The refund, and whether it is one to transfer; null if there is none.</returns>
    public Task<(Refund Refund, bool IsTransfer)?> MarkTransferredAsync(
        long refundId,
        long userId,
        CancellationToken cancellationToken
    ) =>
        database.TransactAsync<(Refund, bool)?>(
            async token =>
            {
                var refunds = await database
                    .Refunds.FromSql($"SELECT * FROM refunds WHERE id = {refundId} FOR UPDATE")
                    .ToListAsync(token);
                if (refunds is not [var refund])
                {
                    return null;
                }

                if (refund.Status == RefundStatus.ToTransfer)
                {
                    refund.Status = RefundStatus.Completed;
                    refund.TransferredBy = userId;
                    refund.UpdatedAt = time.GetStorableNow();
                }

                return (refund, refund.TransferredBy is not null);
            },
            cancellationToken
        );

    private Task<Refund?> FindAsync(long paymentId, string idempotencyKey, CancellationToken cancellationToken) =>
        database
            .Refunds.AsNoTracking()
            .FirstOrDefaultAsync(
                refund => refund.PaymentId == paymentId && refund.IdempotencyKey == idempotencyKey,
                cancellationToken
            );

    private Task<Refund?> FindPendingAsync(long paymentId, CancellationToken cancellationToken) =>
        database
            .Refunds.AsNoTracking()
            .FirstOrDefaultAsync(
                refund => refund.PaymentId == paymentId && refund.Status == RefundStatus.Pending,
                cancellationToken
            );
}

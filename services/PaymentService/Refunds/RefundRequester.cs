using System.Globalization;
using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Begins refunds: the one place that does. The caller has the payment locked, in a transaction.</summary>
public sealed class RefundRequester(PaymentDbContext database, RefundMetrics metrics, TimeProvider time)
{
    private const string NoReason = "Refund";

    /// <summary>How long the refund under way is left alone before what is left is looked at again.</summary>
    private static readonly TimeSpan s_restDelay = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Sees to it that all that is left of a payment goes back: because its order will not be sent. Repeatable: what has
    /// gone back, or is under way, is not given back again. Does nothing where the money is not there.
    /// </summary>
    /// <param name="payment">The payment, locked and tracked.</param>
    /// <param name="actor">Who wants it, and why.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RequestRestAsync(Payment payment, Actor actor, CancellationToken cancellationToken)
    {
        if (payment.Status != PaymentStatus.Completed)
        {
            return;
        }

        if (await IsRestRefusedAsync(payment, cancellationToken))
        {
            // Toss would say the same: an admin looks at it.
            return;
        }

        if (await IsRefundPendingAsync(payment, cancellationToken))
        {
            // It may be for a part, and it may fail: what is left is known when it has ended.
            await database.EnqueueOrHastenAsync(
                new RefundRest(payment.Id, actor.Role, actor.UserId, actor.Reason),
                payment.Id.ToString(CultureInfo.InvariantCulture),
                time.GetStorableNow() + s_restDelay,
                cancellationToken
            );
            return;
        }

        await RequestAsync(
            payment,
            askedAmount: null,
            actor,
            idempotencyKey: null,
            hasOrderEnded: true,
            cancellationToken
        );
    }

    /// <summary>Begins a refund. None may be pending.</summary>
    /// <param name="payment">The payment, locked and tracked, with at least that much left.</param>
    /// <param name="askedAmount">How much, in won; null for all that is left.</param>
    /// <param name="actor">Who wants it, and why.</param>
    /// <param name="idempotencyKey">The caller's idempotency key.</param>
    /// <param name="hasOrderEnded">
    /// Whether the order will not be sent anyway. If not, it ends before all that is left goes back.
    /// </param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The refund, and the message that has Toss make it, where that is Toss's to do.</returns>
    internal async Task<RequestedRefund> RequestAsync(
        Payment payment,
        decimal? askedAmount,
        Actor actor,
        string? idempotencyKey,
        bool hasOrderEnded,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetStorableNow();
        var amount = askedAmount ?? payment.Refundable;
        var atOnce = payment.Method == PaymentMethod.BankTransfer && (hasOrderEnded || amount < payment.Refundable);
        var refund = new Refund
        {
            PaymentId = payment.Id,
            Amount = amount,
            AskedAmount = askedAmount,
            Reason = actor.Reason is { Length: > 0 } reason ? Shorten(reason) : NoReason,
            Status = RefundStatus.Pending,
            Actor = actor.Role,
            UserId = actor.UserId,
            IdempotencyKey = idempotencyKey,
            CreatedAt = now,
            UpdatedAt = now,
        };
        database.Refunds.Add(refund);
        if (atOnce)
        {
            LeaveToTransfer(payment, refund, now);
        }

        // The message names the refund, which has its id from now on.
        await database.SaveChangesAsync(cancellationToken);
        return new RequestedRefund(
            refund,
            atOnce ? null : database.Enqueue(new SendRefund(refund.Id), SendRefund.KeyOf(refund))
        );
    }

    /// <summary>A bank transfer goes back by hand, and counts as given back from now on.</summary>
    internal void LeaveToTransfer(Payment payment, Refund refund, DateTime now)
    {
        refund.Status = RefundStatus.ToTransfer;
        refund.UpdatedAt = now;
        payment.GiveBack(refund.Amount, refund.GetMover(), now);
        metrics.Ended(payment.Method, refund);
    }

    /// <summary>Whether Toss has just refused to give back all that is left.</summary>
    private async Task<bool> IsRestRefusedAsync(Payment payment, CancellationToken cancellationToken) =>
        await database
            .Refunds.Where(refund => refund.PaymentId == payment.Id)
            .OrderByDescending(refund => refund.Id)
            .FirstOrDefaultAsync(cancellationToken)
            is { Status: RefundStatus.Failed } latest
        && latest.Amount == payment.Refundable;

    /// <summary>Whether a refund of this payment has not ended yet.</summary>
    internal Task<bool> IsRefundPendingAsync(Payment payment, CancellationToken cancellationToken) =>
        database.Refunds.AnyAsync(
            refund => refund.PaymentId == payment.Id && refund.Status == RefundStatus.Pending,
            cancellationToken
        );

    private static string Shorten(string reason) =>
        reason.Length > Refund.MaxReasonLength ? reason[..Refund.MaxReasonLength] : reason;
}

/// <summary>A refund that has begun.</summary>
/// <param name="Refund">The refund.</param>
/// <param name="Message">Has it made; null where that is left to be done by hand.</param>
internal sealed record RequestedRefund(Refund Refund, OutboxMessage? Message);

/// <summary>Gives back what is left, once nothing is under way any more.</summary>
public sealed class RefundRestHandler(PaymentDbContext database, RefundRequester requester) : IOutboxHandler<RefundRest>
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    /// <inheritdoc />
    public async Task<Delivery> HandleAsync(RefundRest message, CancellationToken cancellationToken)
    {
        var actor = new Actor(message.Actor, message.UserId, message.Reason);
        var isRequested = await database.TransactAsync(
            async token =>
            {
                var payment =
                    await database.LockPaymentAsync(message.PaymentId, token)
                    ?? throw new InvalidOperationException($"There is no payment {message.PaymentId}.");
                if (payment.Status != PaymentStatus.Completed)
                {
                    return true;
                }

                if (await requester.IsRefundPendingAsync(payment, token))
                {
                    return false;
                }

                await requester.RequestRestAsync(payment, actor, token);
                return true;
            },
            cancellationToken
        );
        return isRequested ? Delivery.Done : Delivery.Later(s_interval, "A refund of the payment is under way.");
    }
}

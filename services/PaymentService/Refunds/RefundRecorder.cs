using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Refunds;

/// <summary>
/// Writes down the refunds that Toss has made: those that the shop asked for, and those made in Toss's own console. The
/// caller has the payment locked, in a transaction.
/// </summary>
public sealed class RefundRecorder(
    PaymentDbContext database,
    RefundMetrics metrics,
    TimeProvider time,
    ILogger<RefundRecorder> logger
)
{
    private const string MadeElsewhere = "Refunded at Toss";

    /// <summary>
    /// Writes down what Toss has given back and is not written down yet. Repeatable. The payment must be completed, or
    /// refunded, by now.
    /// </summary>
    /// <param name="payment">The payment, locked and tracked.</param>
    /// <param name="told">The payment as Toss tells it, whenever that was: refunds only become more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task RecordAsync(Payment payment, TossPayment told, CancellationToken cancellationToken) =>
        RecordAsync(payment, told, answeredRefundId: null, cancellationToken);

    /// <inheritdoc cref="RecordAsync(Payment, TossPayment, CancellationToken)"/>
    /// <param name="payment">The payment, locked and tracked.</param>
    /// <param name="told">The payment as Toss tells it.</param>
    /// <param name="answeredRefundId">The refund that Toss has just said to have made.</param>
    /// <param name="cancellationToken">Gives up.</param>
    internal async Task RecordAsync(
        Payment payment,
        TossPayment told,
        long? answeredRefundId,
        CancellationToken cancellationToken
    )
    {
        if (told.Cancels is not { Count: > 0 } cancels)
        {
            return;
        }

        var refunds = await database
            .Refunds.Where(refund => refund.PaymentId == payment.Id)
            .ToListAsync(cancellationToken);
        var unknown = cancels
            .Where(cancel => refunds.TrueForAll(refund => refund.TransactionKey != cancel.TransactionKey))
            .ToList();
        foreach (var cancel in unknown)
        {
            var refund =
                refunds.Find(refund => refund.TransactionKey is null && refund.IsMarkedIn(cancel.CancelReason))
                // Toss says that it is there, so it is the one, should Toss have kept another reason than it was given.
                ?? refunds.Find(refund =>
                    refund.Id == answeredRefundId
                    && refund.TransactionKey is null
                    && refund.Amount == cancel.CancelAmount
                    && !unknown.Exists(other => refund.IsMarkedIn(other.CancelReason))
                );
            if (refund is { SettledBy: not null })
            {
                // The money has gone back twice, and is counted once: the reconciliation shows it.
                refund.TransactionKey = cancel.TransactionKey;
                logger.LogError(
                    "Payment {PaymentId}: Toss has made refund {RefundId}, which was made by hand as well",
                    payment.Id,
                    refund.Id
                );
                continue;
            }

            refund ??= AddFound(payment, cancel);
            Complete(payment, refund, cancel);
            if (payment.Status == PaymentStatus.Refunded)
            {
                // Of what went back in Toss's own console, the order has not heard.
                await database.EnqueueOrHastenAsync(
                    OrderRefunded.Of(payment, refund.GetMover()),
                    OrderRefunded.KeyOf(payment),
                    cancellationToken: cancellationToken
                );
            }
        }
    }

    private Refund AddFound(Payment payment, TossCancel cancel)
    {
        var now = time.GetStorableNow();
        var refund = new Refund
        {
            PaymentId = payment.Id,
            Amount = cancel.CancelAmount,
            AskedAmount = cancel.CancelAmount,
            Reason = cancel.CancelReason is { Length: > 0 and <= Refund.MaxReasonLength } reason
                ? reason
                : MadeElsewhere,
            Actor = PaymentActor.System,
            CreatedAt = now,
            UpdatedAt = now,
        };
        database.Refunds.Add(refund);
        logger.LogWarning(
            "Payment {PaymentId}: {Amount} won were refunded at Toss, not by the shop",
            payment.Id,
            cancel.CancelAmount
        );
        return refund;
    }

    private void Complete(Payment payment, Refund refund, TossCancel cancel)
    {
        var now = time.GetStorableNow();
        refund.Status = RefundStatus.Completed;
        refund.TransactionKey = cancel.TransactionKey;
        refund.TossCode = null;
        refund.TossMessage = null;
        refund.UpdatedAt = now;
        payment.GiveBack(cancel.CancelAmount, refund.GetMover(), now);
        metrics.Ended(payment.Method, refund);
        logger.LogInformation(
            "Payment {PaymentId}: {Amount} won went back, {Left} are left",
            payment.Id,
            cancel.CancelAmount,
            payment.Refundable
        );
    }
}

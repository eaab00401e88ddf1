using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.Outbox;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Refunds;

/// <summary>
/// Has the order ended where all of its money goes back, so that it is not shipped, and then the refund made: a bank
/// transfer's by hand, a card's by Toss, exactly once whatever happens to the answers. Three things see to it: an idempotency key, under
/// which Toss does nothing twice; the amount that the shop thinks is left, for Toss refuses where that is not so, as after
/// a refund that has come through unnoticed; and the refund's mark in its reason, by which a lookup finds it.
/// </summary>
public sealed class SendRefundHandler(
    PaymentDbContext database,
    OrderClient orders,
    TossClient toss,
    RefundRequester requester,
    RefundRecorder recorder,
    RefundMetrics metrics,
    TimeProvider time,
    ILogger<SendRefundHandler> logger
) : IOutboxHandler<SendRefund>
{
    private const string NotMatchesRefundableAmount = "NOT_MATCHES_REFUNDABLE_AMOUNT";
    private const string ExceedsRefundableAmount = "NOT_CANCELABLE_AMOUNT";

    /// <inheritdoc />
    public async Task<Delivery> HandleAsync(SendRefund message, CancellationToken cancellationToken)
    {
        var refund = await database
            .Refunds.AsNoTracking()
            .SingleAsync(refund => refund.Id == message.RefundId, cancellationToken);
        if (refund.Status != RefundStatus.Pending)
        {
            return Delivery.Done;
        }

        var payment = await database
            .Payments.AsNoTracking()
            .SingleAsync(payment => payment.Id == refund.PaymentId, cancellationToken);
        if (refund.Amount == payment.Refundable)
        {
            await orders.EndRefundedAsync(
                payment.OrderNumber,
                OrderRefund.Of(payment.Id, refund.GetMover()),
                cancellationToken
            );
        }

        if (payment.Method == PaymentMethod.BankTransfer)
        {
            await LeaveToTransferAsync(refund, cancellationToken);
            return Delivery.Done;
        }

        var paymentKey =
            payment.PaymentKey ?? throw new InvalidOperationException($"Payment {payment.Id} has no key of Toss's.");

        // Refunds that were made elsewhere meanwhile may have left too little.
        var answer =
            refund.Amount > payment.Refundable
                ? new TossAnswer.Refused(new TossFailure(ExceedsRefundableAmount, "Not enough is left."))
                : await toss.CancelAsync(
                    paymentKey,
                    refund.Amount,
                    await GetLeftAtTossAsync(payment, cancellationToken),
                    refund.GetReasonForToss(),
                    $"refund-{refund.Id}-{refund.Try}",
                    cancellationToken
                );
        // Whatever else Toss says, an earlier request may have come through: only a lookup tells.
        var told = answer is TossAnswer.Success ? answer : await toss.FindAsync(paymentKey, cancellationToken);
        if (answer is TossAnswer.Unknown)
        {
            metrics.OutcomeUnknown();
        }

        var next = await database.TransactAsync(
            token => SettleAsync(message.RefundId, payment.Id, answer, told, token),
            cancellationToken
        );
        return next is null ? Delivery.Done : Delivery.Later(why: next);
    }

    /// <summary>How much Toss thinks is left: also what the shop has given back by hand.</summary>
    private async Task<decimal> GetLeftAtTossAsync(Payment payment, CancellationToken cancellationToken) =>
        payment.Refundable
        + await database
            .Refunds.Where(refund =>
                refund.PaymentId == payment.Id && refund.SettledBy != null && refund.TransactionKey == null
            )
            .SumAsync(refund => refund.Amount, cancellationToken);

    private Task LeaveToTransferAsync(Refund known, CancellationToken cancellationToken) =>
        database.TransactAsync(
            async token =>
            {
                var payment =
                    await database.LockPaymentAsync(known.PaymentId, token)
                    ?? throw new InvalidOperationException($"There is no payment {known.PaymentId}.");
                var refund = await database.Refunds.SingleAsync(refund => refund.Id == known.Id, token);
                if (refund.Status == RefundStatus.Pending)
                {
                    requester.LeaveToTransfer(payment, refund, time.GetStorableNow());
                }
            },
            cancellationToken
        );

    /// <summary>Writes down what is known now.</summary>
    /// <returns>Null where the refund has ended, else why it has not.</returns>
    private async Task<string?> SettleAsync(
        long refundId,
        long paymentId,
        TossAnswer answer,
        TossAnswer told,
        CancellationToken cancellationToken
    )
    {
        var payment =
            await database.LockPaymentAsync(paymentId, cancellationToken)
            ?? throw new InvalidOperationException($"There is no payment {paymentId}.");
        var refund = await database.Refunds.SingleAsync(refund => refund.Id == refundId, cancellationToken);
        if (refund.Status == RefundStatus.Pending && told is TossAnswer.Success(var tossPayment))
        {
            var answered = answer is TossAnswer.Success ? refundId : (long?)null;
            await recorder.RecordAsync(payment, tossPayment, answered, cancellationToken);
        }

        if (refund.Status != RefundStatus.Pending)
        {
            return null;
        }

        refund.UpdatedAt = time.GetStorableNow();
        switch (answer)
        {
            case TossAnswer.ShopAtFault(var fault):
                // Once it is mended, the same key would only get the same answer again.
                refund.Try++;
                return fault.Code;
            case TossAnswer.Refused(var refusal) when MayBeTriedAgain(refusal, refund, payment):
                // The same key would only get the same answer again.
                refund.Try++;
                return refusal.Code;
            case TossAnswer.Refused when told is TossAnswer.Unknown(var why, _):
                return $"Toss refuses; whether it has made the refund before: {why}.";
            case TossAnswer.Refused(var refusal):
                Fail(refund, payment, refusal);
                return null;
            case TossAnswer.NotFound(var absence) when told is TossAnswer.NotFound:
                Fail(refund, payment, absence);
                return null;
            case TossAnswer.NotFound(var absence):
                refund.Try++;
                return absence.Code;
            case TossAnswer.Unknown(var why, var wasAnswered):
                // Were the answer wrong and the refund made all the same, Toss would refuse the next for the amount left.
                refund.Try += wasAnswered ? 1 : 0;
                return why;
            default:
                refund.Try++;
                return "Toss says that the refund is made, but does not list it.";
        }
    }

    /// <summary>Whether the refusal is not about this refund, but about what the shop thought to be left.</summary>
    private static bool MayBeTriedAgain(TossFailure failure, Refund refund, Payment payment) =>
        failure.Code == NotMatchesRefundableAmount && refund.Amount <= payment.Refundable;

    private void Fail(Refund refund, Payment payment, TossFailure failure)
    {
        refund.Status = RefundStatus.Failed;
        refund.TossCode = failure.Code;
        refund.TossMessage = failure.Message;
        metrics.Ended(payment.Method, refund);
        logger.LogError(
            "Payment {PaymentId}: Toss refuses to refund {Amount} won: {TossCode}",
            payment.Id,
            refund.Amount,
            failure.Code
        );
    }
}

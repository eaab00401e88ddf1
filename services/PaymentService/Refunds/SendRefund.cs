using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Has a refund made. Keyed by the refund's id.</summary>
public sealed record SendRefund(long RefundId) : IOutboxMessage
{
    public static string Type => "refund";

    internal static string KeyOf(Refund refund) => $"{refund.Id}";
}

/// <summary>
/// Makes a refund. If all of an order's money goes back, the order ends first, so that it is not shipped. A bank
/// transfer then goes back by hand, a card's money through Toss, exactly once whatever happens to the answers. Three
/// things ensure that: an idempotency key, under which Toss does nothing twice; the amount that the shop thinks is
/// left, for Toss refuses if that is wrong, as after a refund that came through unnoticed; and the refund's mark in its
/// reason, by which a lookup finds it.
/// </summary>
internal sealed class SendRefundHandler(
    PaymentStore payments,
    OrderClient orders,
    TossClient toss,
    RefundMetrics metrics
) : IOutboxHandler<SendRefund>
{
    public async Task<Delivery> HandleAsync(SendRefund message, CancellationToken cancellationToken)
    {
        var refund = await payments.ReadRefundAsync(message.RefundId, cancellationToken);
        if (refund.Status != RefundStatus.Pending)
        {
            return Delivery.Done;
        }

        var payment = await payments.ReadAsync(refund.PaymentId, cancellationToken);
        if (RefundDecisions.EndsOrder(refund, payment))
        {
            await orders.EndRefundedAsync(
                payment.OrderNumber,
                OrderRefund.Of(payment.Id, refund.GetMover()),
                cancellationToken
            );
        }

        if (payment.Method == PaymentMethod.BankTransfer)
        {
            await WriteAsync(payment, new PaymentCommand.LeaveToTransfer(refund.Id), cancellationToken);
            return Delivery.Done;
        }

        var paymentKey =
            payment.PaymentKey ?? throw new InvalidOperationException($"Payment {payment.Id} has no key of Toss's.");
        var refunds = await payments.ReadRefundsAsync(payment.Id, cancellationToken);
        var answer =
            RefundDecisions.RefuseUnasked(refund, payment)
            ?? await toss.CancelAsync(
                paymentKey,
                refund.Amount,
                RefundDecisions.LeftAtToss(payment, refunds),
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

        var since = await WriteAsync(
            payment,
            new PaymentCommand.RefundAnswered(refund.Id, answer, told),
            cancellationToken
        );
        return since.FindRefund(refund.Id).Status == RefundStatus.Pending
            ? Delivery.Later(why: RefundDecisions.Explain(answer, told))
            : Delivery.Done;
    }

    private async Task<PaymentDraft> WriteAsync(
        Payment payment,
        PaymentCommand command,
        CancellationToken cancellationToken
    ) =>
        (await payments.ChangeAsync(new PaymentKey.Of(payment.Id), command, cancellationToken))?.Draft
        ?? throw new InvalidOperationException($"There is no payment {payment.Id}.");
}

using MsaShop.PaymentService.Refunds;

namespace MsaShop.PaymentService.Payments;

/// <summary>Counts and logs what has happened to payments and refunds, once it is stored.</summary>
internal sealed class PaymentReporter(PaymentMetrics payments, RefundMetrics refunds, ILogger<PaymentReporter> logger)
{
    /// <summary>Reports a committed outcome; null is nothing to report.</summary>
    public void Report(PaymentOutcome? outcome)
    {
        if (outcome is not { Refusal: null, Draft: var draft })
        {
            return;
        }

        if (draft.Payment.Status != draft.Before.Payment.Status)
        {
            payments.Moved(draft.Payment);
        }

        foreach (var (index, refund) in draft.Refunds.Index())
        {
            Report(draft.Payment, refund, draft.Before.Refunds.ElementAtOrDefault(index));
        }
    }

    private void Report(Payment payment, Refund refund, Refund? before)
    {
        if (before is { SettledBy: not null, TransactionKey: null } && refund.TransactionKey is not null)
        {
            logger.LogError(
                "Payment {PaymentId}: Toss has made refund {RefundId}, which was made by hand as well",
                payment.Id,
                refund.Id
            );
        }

        if (
            refund.Status == before?.Status
            || refund.Status == RefundStatus.Pending
            || before?.Status == RefundStatus.ToTransfer
        )
        {
            return;
        }

        refunds.Ended(payment.Method, refund);
        if (refund.Status == RefundStatus.Failed)
        {
            logger.LogError(
                "Payment {PaymentId}: Toss refuses to refund {Amount} won: {TossCode}",
                payment.Id,
                refund.Amount,
                refund.TossCode
            );
        }
        else if (before is null && refund.TransactionKey is not null)
        {
            logger.LogWarning(
                "Payment {PaymentId}: {Amount} won were refunded at Toss, not by the shop",
                payment.Id,
                refund.Amount
            );
        }
        else
        {
            logger.LogInformation(
                "Payment {PaymentId}: {Amount} won went back, {Left} are left",
                payment.Id,
                refund.Amount,
                payment.Refundable
            );
        }
    }
}

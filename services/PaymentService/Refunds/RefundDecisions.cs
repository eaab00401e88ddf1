using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Decides how a refund is made.</summary>
internal static class RefundDecisions
{
    private const string ExceedsRefundableAmount = "NOT_CANCELABLE_AMOUNT";

    /// <summary>Whether all of the order's money goes back, so that the order has to end first.</summary>
    public static bool EndsOrder(Refund refund, Payment payment) => refund.Amount == payment.Refundable;

    /// <summary>What Toss need not be asked: a refund made elsewhere meanwhile may have left too little.</summary>
    public static TossAnswer? RefuseUnasked(Refund refund, Payment payment) =>
        refund.Amount > payment.Refundable
            ? new TossAnswer.Refused(new TossFailure(ExceedsRefundableAmount, "Not enough is left."))
            : null;

    /// <summary>How much Toss thinks is left: it does not know what went back by hand.</summary>
    public static decimal LeftAtToss(Payment payment, IEnumerable<Refund> refunds) =>
        payment.Refundable
        + refunds.Where(refund => refund is { SettledBy: not null, TransactionKey: null }).Sum(refund => refund.Amount);

    /// <summary>Why a refund has not ended, for administrators.</summary>
    public static string Explain(TossAnswer answer, TossAnswer told) =>
        (answer, told) switch
        {
            (TossAnswer.Refused, TossAnswer.Unknown(var why, _)) =>
                $"Toss refuses; whether it has made the refund before: {why}.",
            (TossAnswer.ShopAtFault({ Code: var code }), _) => code,
            (TossAnswer.Refused({ Code: var code }), _) => code,
            (TossAnswer.NotFound({ Code: var code }), _) => code,
            (TossAnswer.Unknown(var why, _), _) => why,
            _ => "Toss says that the refund is made, but does not list it.",
        };
}

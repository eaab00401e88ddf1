using MsaShop.PaymentService.Payments;
using MsaShop.PaymentService.Toss;

namespace MsaShop.PaymentService.Refunds;

/// <summary>Decides how a refund is made.</summary>
internal static class RefundDecisions
{
    private const string ExceedsRefundableAmount = "NOT_CANCELABLE_AMOUNT";

    /// <summary>Whether the order has to end first, because all of its money goes back.</summary>
    public static bool EndsOrder(Refund refund, Payment payment) => refund.Amount == payment.Refundable;

    /// <summary>Toss's certain answer without asking: refunds made elsewhere may have left too little.</summary>
    public static TossAnswer? RefuseUnasked(Refund refund, Payment payment) =>
        refund.Amount > payment.Refundable
            ? new TossAnswer.Refused(new TossFailure(ExceedsRefundableAmount, "Not enough is left."))
            : null;

    /// <summary>What Toss believes is left, including what the shop has refunded by hand.</summary>
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

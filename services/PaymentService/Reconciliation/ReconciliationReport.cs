namespace MsaShop.PaymentService.Reconciliation;

/// <summary>How orders, payments and Toss can differ.</summary>
public enum DifferenceKind
{
    /// <summary>The order is confirmed, but its money is not here and never was.</summary>
    OrderWithoutPayment,

    /// <summary>The order was confirmed or shipped by hand, for a stated reason, and its money is not here.</summary>
    ConfirmedByHand,

    PaymentWithoutOrder,
    AmountDiffers,

    /// <summary>The money is here, but the order still waits for it.</summary>
    PaidNotConfirmed,

    PaidButCancelled,

    /// <summary>All of the money went back, but the order still waits for it, or to be shipped.</summary>
    RefundedNotCancelled,

    /// <summary>Whether the money has come is unknown, or not recorded.</summary>
    PaymentUnsettled,

    /// <summary>The order is held for a card that nobody charges, so it can neither be cancelled nor expire.</summary>
    HeldWithoutAttempt,

    RefundUnsettled,

    /// <summary>The payment is completed, but Toss has not charged a card for it.</summary>
    PaymentWithoutCharge,

    /// <summary>Toss has charged a card, but there is no completed payment for it.</summary>
    ChargeWithoutPayment,

    /// <summary>Toss has charged another amount than the payment's.</summary>
    ChargedAmountDiffers,

    /// <summary>Money went back by hand, after Toss had refused to give it back.</summary>
    RefundedByHand,

    /// <summary>Toss gave back another amount than the payment says, not counting what went back by hand.</summary>
    RefundedAmountDiffers,
}

/// <summary>Orders, payments and Toss compared for a period, <paramref name="To"/> exclusive.</summary>
/// <param name="GraceSeconds">What changed so shortly before may still settle by itself.</param>
/// <param name="Toss">What Toss has of those paid by card.</param>
/// <param name="Differences">Empty when all is well.</param>
/// <param name="Settling">Differences that may still settle by themselves.</param>
/// <param name="Counts">The differences by kind; only kinds that occur.</param>
/// <param name="IsTruncated">Whether there are more than are listed.</param>
public sealed record ReconciliationReport(
    DateTime From,
    DateTime To,
    DateTime CheckedAt,
    long GraceSeconds,
    OrderTotals Orders,
    MoneyTotals Payments,
    MoneyTotals Toss,
    IReadOnlyList<Difference> Differences,
    IReadOnlyList<Difference> Settling,
    IReadOnlyDictionary<string, int> Counts,
    bool IsTruncated
);

/// <summary>Totals of orders.</summary>
/// <param name="Paid">How many of them are confirmed, or further.</param>
/// <param name="PaidAmount">What those cost, in won.</param>
public sealed record OrderTotals(int Count, int Paid, long PaidAmount);

/// <summary>Totals of payments.</summary>
/// <param name="Amount">How much has come, in won.</param>
/// <param name="RefundedAmount">How much of it went back, in won.</param>
public sealed record MoneyTotals(int Count, long Amount, long RefundedAmount);

/// <summary>A difference, with what each side has.</summary>
/// <param name="Since">When any side last changed.</param>
/// <param name="Toss">Null where there is none, or Toss was not asked.</param>
public sealed record Difference(
    DifferenceKind Kind,
    string OrderNumber,
    DateTime Since,
    OrderSide? Order,
    PaymentSide? Payment,
    TossSide? Toss
);

/// <param name="TotalPrice">In won.</param>
public sealed record OrderSide(long Id, OrderStatus Status, long TotalPrice)
{
    /// <summary>Why it was confirmed or shipped without a payment, if it was.</summary>
    public string? ByHand { get; init; }
}

/// <param name="Amount">In won.</param>
/// <param name="RefundedAmount">How much of it went back, in won.</param>
public sealed record PaymentSide(long Id, PaymentMethod Method, PaymentStatus Status, long Amount, long RefundedAmount);

/// <param name="Status">Toss's word for it.</param>
/// <param name="TotalAmount">How much was asked for, in won.</param>
/// <param name="RefundedAmount">How much of it went back, in won.</param>
public sealed record TossSide(string PaymentKey, string Status, long TotalAmount, long RefundedAmount);

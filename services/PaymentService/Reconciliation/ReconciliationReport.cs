using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Reconciliation;

/// <summary>In what way orders, payments and Toss can differ.</summary>
public enum DifferenceKind
{
    /// <summary>The order is confirmed, and no money for it is here, or was.</summary>
    OrderWithoutPayment,

    /// <summary>The order was confirmed or shipped by hand, for a reason of its own, and no money for it is here.</summary>
    ConfirmedByHand,

    /// <summary>The payment's order does not exist.</summary>
    PaymentWithoutOrder,

    /// <summary>The order costs another amount than the payment has.</summary>
    AmountDiffers,

    /// <summary>The money is here, and the order still waits for it.</summary>
    PaidNotConfirmed,

    /// <summary>The money is here, and the order is cancelled.</summary>
    PaidButCancelled,

    /// <summary>All of the money went back, and the order still waits for it, or to be shipped.</summary>
    RefundedNotCancelled,

    /// <summary>Whether the money has come is not known, or not written down.</summary>
    PaymentUnsettled,

    /// <summary>The order is held for a card that nobody is charging, so that it can be neither cancelled nor run out.</summary>
    HeldWithoutAttempt,

    /// <summary>Whether a refund has been made is not known.</summary>
    RefundUnsettled,

    /// <summary>The payment is completed, and Toss has not charged a card for it.</summary>
    PaymentWithoutCharge,

    /// <summary>Toss has charged a card, and there is no completed payment for it.</summary>
    ChargeWithoutPayment,

    /// <summary>Toss has charged another amount than the payment has.</summary>
    ChargedAmountDiffers,

    /// <summary>Money went back by hand, after Toss had refused to give it back.</summary>
    RefundedByHand,

    /// <summary>Toss has given back another amount than the payment says, without what went back by hand.</summary>
    RefundedAmountDiffers,
}

/// <summary>Orders, payments and Toss side by side.</summary>
/// <param name="From">Orders placed, and money moved, then or later.</param>
/// <param name="To">And before then.</param>
/// <param name="CheckedAt">When they were compared.</param>
/// <param name="GraceSeconds">What changed so shortly before may still be settled by itself.</param>
/// <param name="Orders">The orders of that time.</param>
/// <param name="Payments">Their payments.</param>
/// <param name="Toss">What Toss has of those that are paid by card.</param>
/// <param name="Differences">What differs; none when all is well.</param>
/// <param name="Settling">What differs, and may still be settled by itself.</param>
/// <param name="Counts">How many differences there are of each kind that there are any of.</param>
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

/// <summary>Orders in sum.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Paid">How many of them are confirmed, or further.</param>
/// <param name="PaidAmount">What those cost, in won.</param>
public sealed record OrderTotals(int Count, int Paid, long PaidAmount);

/// <summary>Money in sum.</summary>
/// <param name="Count">How many payments have come.</param>
/// <param name="Amount">How much has come, in won.</param>
/// <param name="RefundedAmount">How much of it went back, in won.</param>
public sealed record MoneyTotals(int Count, long Amount, long RefundedAmount);

/// <summary>Something that differs, with what each side has.</summary>
/// <param name="Kind">In what way.</param>
/// <param name="OrderNumber">The order's public number.</param>
/// <param name="Since">When any side last changed.</param>
/// <param name="Order">The order; null where there is none.</param>
/// <param name="Payment">The payment; null where there is none.</param>
/// <param name="Toss">Toss's payment; null where there is none, or it was not asked for.</param>
public sealed record Difference(
    DifferenceKind Kind,
    string OrderNumber,
    DateTime Since,
    OrderSide? Order,
    PaymentSide? Payment,
    TossSide? Toss
);

/// <summary>An order's side.</summary>
/// <param name="Id">The id.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="TotalPrice">What it costs, in won.</param>
public sealed record OrderSide(long Id, OrderStatus Status, long TotalPrice)
{
    /// <summary>Why it was confirmed or shipped without a payment, if it was.</summary>
    public string? ByHand { get; init; }
}

/// <summary>A payment's side.</summary>
/// <param name="Id">The id.</param>
/// <param name="Method">How it is paid.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Amount">How much, in won.</param>
/// <param name="RefundedAmount">How much of it went back, in won.</param>
public sealed record PaymentSide(long Id, PaymentMethod Method, PaymentStatus Status, long Amount, long RefundedAmount);

/// <summary>Toss's side.</summary>
/// <param name="PaymentKey">Toss's key.</param>
/// <param name="Status">Toss's word for where it stands.</param>
/// <param name="TotalAmount">How much was asked for, in won.</param>
/// <param name="RefundedAmount">How much of it went back, in won.</param>
public sealed record TossSide(string PaymentKey, string Status, long TotalAmount, long RefundedAmount);

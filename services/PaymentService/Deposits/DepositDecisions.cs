using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Deposits;

/// <summary>Decides whether a deposit can be recorded, before it is.</summary>
internal static class DepositDecisions
{
    /// <summary>Whether order-svc has to be asked for the order.</summary>
    /// <param name="known">The order's payment, as far as it is known.</param>
    public static bool AsksForOrder(Payment? known) =>
        known is not { Method: PaymentMethod.Card } and not { Status: not PaymentStatus.Pending };

    /// <summary>Whether the order takes the deposit.</summary>
    /// <param name="known">The order's payment, as far as it is known.</param>
    /// <param name="order">The order, if it was asked for.</param>
    /// <param name="amount">How much came, in won; null for what was to come.</param>
    /// <returns>Why not; null if so, or if the payment has to tell.</returns>
    public static DepositOutcome? Judge(Payment? known, ShopOrder? order, decimal? amount) =>
        order switch
        {
            null => AsksForOrder(known) ? new DepositOutcome.NotFound() : null,
            { PaymentMethod: not PaymentMethod.BankTransfer } => new DepositOutcome.Refused(
                PaymentRefusal.NotATransfer
            ),
            { Status: OrderStatus.Cancelled } => new DepositOutcome.Refused(PaymentRefusal.NotPayable),
            _ when amount is { } told && told != order.TotalPrice => new DepositOutcome.Refused(
                PaymentRefusal.AmountMismatch,
                order.TotalPrice
            ),
            _ => null,
        };

    /// <summary>Until when a deposit can be undone: not at all where the order has to be paid by then.</summary>
    /// <param name="order">The order.</param>
    /// <param name="windowEnd">When the time to undo it would be over.</param>
    public static DateTime? UndoUntil(ShopOrder? order, DateTime windowEnd) =>
        order?.PayBy > windowEnd ? windowEnd : null;
}

using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Deposits;

/// <summary>Decides whether a deposit can be recorded.</summary>
internal static class DepositDecisions
{
    /// <param name="known">The order's payment, if there is one.</param>
    public static bool AsksForOrder(Payment? known) =>
        known is not { Method: PaymentMethod.Card } and not { Status: not PaymentStatus.Pending };

    /// <param name="known">The order's payment, if there is one.</param>
    /// <param name="order">The order, if it was asked for.</param>
    /// <param name="amount">In won; null for the expected amount.</param>
    /// <returns>The refusal; null if the order takes the deposit, or if that is for the payment to decide.</returns>
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

    /// <returns>Null if the order's deadline comes first: then the deposit cannot be undone.</returns>
    public static DateTime? UndoUntil(ShopOrder? order, DateTime windowEnd) =>
        order?.PayBy > windowEnd ? windowEnd : null;
}

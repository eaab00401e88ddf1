namespace MsaShop.PaymentService.Deposits;

/// <summary>Decides whether a deposit can be recorded, before it is.</summary>
internal static class DepositDecisions
{
    public static bool AsksForOrder(Payment? known) =>
        known is not { Method: PaymentMethod.Card } and not { Status: not PaymentStatus.Pending };

    /// <param name="order">Null if it was not asked for.</param>
    /// <param name="amount">In won; null for the amount due.</param>
    /// <returns>Why the order does not take the deposit; null if it does, or if the payment has to tell.</returns>
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

    /// <summary>Null where the order has to be paid by then: the deposit cannot be undone at all.</summary>
    public static DateTime? UndoUntil(ShopOrder? order, DateTime windowEnd) =>
        order?.PayBy > windowEnd ? windowEnd : null;
}

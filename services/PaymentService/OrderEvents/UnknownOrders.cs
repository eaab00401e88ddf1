namespace MsaShop.PaymentService.OrderEvents;

/// <summary>
/// Asks order-svc for confirmed orders that have no payment here: to be paid by card but confirmed by hand, or older
/// than the feed.
/// </summary>
internal sealed class UnknownOrders(PaymentDbContext database, OrderClient orders)
{
    /// <returns>Null where there is no need to ask.</returns>
    public async Task<ShopOrder?> FindAsync(
        OrderEvent orderEvent,
        OrderEventEffect effect,
        CancellationToken cancellationToken
    ) =>
        effect is OrderEventEffect.Confirm
        && !await database.Payments.AnyAsync(payment => payment.OrderId == orderEvent.OrderId, cancellationToken)
            ? await orders.FindByIdAsync(orderEvent.OrderId, cancellationToken)
            : null;
}

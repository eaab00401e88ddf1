using Microsoft.EntityFrameworkCore;
using MsaShop.PaymentService.Orders;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>
/// Asks order-svc for orders that are confirmed and of which no payment is known: paid by card and confirmed by an administrator's hand, or
/// older than the feed.
/// </summary>
internal sealed class UnknownOrders(PaymentDbContext database, OrderClient orders)
{
    /// <summary>The order of an event; null where there is no need to ask.</summary>
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

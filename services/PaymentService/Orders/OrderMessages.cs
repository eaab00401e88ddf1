using MsaShop.ServiceDefaults.Outbox;

namespace MsaShop.PaymentService.Orders;

/// <summary>What order-svc is told.</summary>
public static class OrderMessages
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);

    /// <summary>Handles the messages for order-svc.</summary>
    public static OutboxRoutes HandleOrders(this OutboxRoutes outbox) =>
        outbox.Handle<OrderPaid, OrderPaidHandler>(s_timeout).Handle<ReleaseHold, ReleaseHoldHandler>(s_timeout);
}

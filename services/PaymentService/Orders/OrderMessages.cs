using MsaShop.ServiceDefaults.Outbox;

namespace MsaShop.PaymentService.Orders;

/// <summary>What order-svc is told.</summary>
public static class OrderMessages
{
    /// <summary>Handles the messages for order-svc.</summary>
    public static OutboxRoutes HandleOrders(this OutboxRoutes outbox) =>
        outbox.Handle<OrderPaid, OrderPaidHandler>().Handle<ReleaseHold, ReleaseHoldHandler>();
}

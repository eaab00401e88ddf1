namespace MsaShop.PaymentService.Orders;

/// <summary>
/// Tells order-svc, unless it knows, that all of an order's money has gone back. Keyed by the payment's id.
/// </summary>
/// <param name="UserId">Null for the shop itself.</param>
/// <param name="Reason">For the order's history.</param>
public sealed record OrderRefunded(long PaymentId, string OrderNumber, PaymentActor Actor, long? UserId, string? Reason)
    : IOutboxMessage
{
    public static string Type => "order-refunded";

    public static OrderRefunded Of(Payment payment, Actor actor) =>
        new(payment.Id, payment.OrderNumber, actor.Role, actor.UserId, actor.Reason);

    public static string KeyOf(Payment payment) => $"{payment.Id}";
}

/// <summary>Ends the order, if it has not been shipped.</summary>
public sealed class OrderRefundedHandler(OrderClient orders) : IOutboxHandler<OrderRefunded>
{
    public async Task<Delivery> HandleAsync(OrderRefunded message, CancellationToken cancellationToken)
    {
        await orders.EndRefundedAsync(
            message.OrderNumber,
            new OrderRefund(message.PaymentId, message.Actor, message.UserId, message.Reason),
            cancellationToken
        );
        return Delivery.Done;
    }
}

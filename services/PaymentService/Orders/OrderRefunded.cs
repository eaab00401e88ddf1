using System.Globalization;
using MsaShop.Outbox;
using MsaShop.PaymentService.Payments;

namespace MsaShop.PaymentService.Orders;

/// <summary>
/// Tells order-svc that all of the money for an order has gone back, should it not have been told before. Its key is the
/// payment's id.
/// </summary>
/// <param name="PaymentId">The payment.</param>
/// <param name="OrderNumber">The order's public number.</param>
/// <param name="Actor">Who gave it back.</param>
/// <param name="UserId">The user who did; null for the shop itself.</param>
/// <param name="Reason">Why, for the order's history.</param>
public sealed record OrderRefunded(long PaymentId, string OrderNumber, PaymentActor Actor, long? UserId, string? Reason)
    : IOutboxMessage
{
    /// <inheritdoc />
    public static string Type => "order-refunded";

    /// <summary>All of the payment's money has gone back.</summary>
    public static OrderRefunded Of(Payment payment, Actor actor) =>
        new(payment.Id, payment.OrderNumber, actor.Role, actor.UserId, actor.Reason);

    /// <summary>The message's key: the payment's id.</summary>
    public static string KeyOf(Payment payment) => payment.Id.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Has the order ended, if it has not been shipped.</summary>
public sealed class OrderRefundedHandler(OrderClient orders) : IOutboxHandler<OrderRefunded>
{
    /// <inheritdoc />
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

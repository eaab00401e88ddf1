using MsaShop.ServiceDefaults.Outbox;

namespace MsaShop.PaymentService.Orders;

/// <summary>Tells order-svc that no card will be charged for an order for now. Its key is the order's number.</summary>
/// <param name="OrderNumber">The order's public number.</param>
public sealed record ReleaseHold(string OrderNumber) : IOutboxMessage
{
    /// <inheritdoc />
    public static string Type => "release-hold";
}

/// <summary>Lets the order go.</summary>
public sealed class ReleaseHoldHandler(OrderClient orders) : IOutboxHandler<ReleaseHold>
{
    /// <inheritdoc />
    public async Task<Delivery> HandleAsync(ReleaseHold message, CancellationToken cancellationToken)
    {
        await orders.ReleaseAsync(message.OrderNumber, cancellationToken);
        return Delivery.Done;
    }
}

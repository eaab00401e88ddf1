namespace MsaShop.PaymentService.OrderEvents;

/// <summary>
/// An order to be paid by card, as order-svc's feed announced it, so that paying need not ask for it. Kept from placement
/// until the order is paid or cancelled; immutable.
/// </summary>
public sealed class AwaitedCard
{
    public required string OrderNumber { get; init; }
    public required long OrderId { get; init; }
    public required long UserId { get; init; }

    /// <summary>In won.</summary>
    public required decimal Amount { get; init; }

    public required DateTime PlacedAt { get; init; }
}

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>
/// An order to be paid by card, as order-svc's feed told of it, so that paying need not ask order-svc. Kept from its
/// placement until it is paid or cancelled; what it says never changes.
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

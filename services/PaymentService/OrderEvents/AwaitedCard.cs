namespace MsaShop.PaymentService.OrderEvents;

/// <summary>
/// An order that is to be paid by card, as order-svc's feed has told: what paying it would otherwise have to ask order-svc
/// for. Here from the order's placement until it is paid or cancelled; what it says of the order never changes.
/// </summary>
public sealed class AwaitedCard
{
    /// <summary>The order's public number.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>The order's id.</summary>
    public required long OrderId { get; init; }

    /// <summary>Whose order it is.</summary>
    public required long UserId { get; init; }

    /// <summary>What is to be paid, in won.</summary>
    public required decimal Amount { get; init; }

    /// <summary>When the order was placed.</summary>
    public required DateTime PlacedAt { get; init; }
}

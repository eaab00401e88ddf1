using MsaShop.OrderService.Lifecycle;

namespace MsaShop.OrderService.Orders;

public enum OrderActor
{
    Customer,
    Admin,
    System,
}

/// <summary>A row of an order's audit trail. Never updated.</summary>
public sealed class OrderStatusChange
{
    public long Id { get; init; }
    public required long OrderId { get; init; }
    public required OrderStatus FromStatus { get; init; }
    public required OrderStatus ToStatus { get; init; }
    public required OrderActor Actor { get; init; }

    /// <summary>Null for the shop itself.</summary>
    public long? UserId { get; init; }

    public string? Reason { get; init; }

    public required DateTime ChangedAt { get; init; }

    /// <summary>The move that an order in its new status has just made.</summary>
    internal static OrderStatusChange Of(Order order, OrderStatus from, Actor actor) =>
        new()
        {
            OrderId = order.Id,
            FromStatus = from,
            ToStatus = order.Status,
            Actor = actor.Role,
            UserId = actor.UserId,
            Reason = actor.Reason,
            ChangedAt = order.UpdatedAt,
        };
}

using MsaShop.OrderService.Lifecycle;

namespace MsaShop.OrderService.Orders;

public enum OrderActor
{
    /// <summary>The shopper.</summary>
    Customer,

    Admin,

    /// <summary>The shop itself.</summary>
    System,
}

/// <summary>A row of the audit trail. Never updated.</summary>
public sealed class OrderStatusChange
{
    public long Id { get; init; }
    public required long OrderId { get; init; }
    public required OrderStatus FromStatus { get; init; }
    public required OrderStatus ToStatus { get; init; }
    public required OrderActor Actor { get; init; }

    /// <summary>Null for the shop itself.</summary>
    public long? UserId { get; init; }

    /// <summary>In the actor's words.</summary>
    public string? Reason { get; init; }

    public required DateTime ChangedAt { get; init; }

    /// <summary>The change that has just brought the order from a status to its present one.</summary>
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

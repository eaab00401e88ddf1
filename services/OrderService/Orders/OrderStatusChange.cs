using MsaShop.Data;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Orders;

/// <summary>Who moves an order.</summary>
public enum OrderActor
{
    /// <summary>The shopper whose order it is.</summary>
    Customer,

    /// <summary>Someone who manages the shop.</summary>
    Admin,

    /// <summary>The shop by itself.</summary>
    System,
}

/// <summary>One move of an order: who, when, from, to, why. Rows are never changed.</summary>
public sealed class OrderStatusChange
{
    /// <summary>The id.</summary>
    public long Id { get; init; }

    /// <summary>The order.</summary>
    public required long OrderId { get; init; }

    /// <summary>The status before.</summary>
    public required OrderStatus FromStatus { get; init; }

    /// <summary>The status after.</summary>
    public required OrderStatus ToStatus { get; init; }

    /// <summary>In which role it was done.</summary>
    public required OrderActor Actor { get; init; }

    /// <summary>The user who did it; null for the shop itself.</summary>
    public long? UserId { get; init; }

    /// <summary>Why, in the words of who did it.</summary>
    public string? Reason { get; init; }

    /// <summary>When.</summary>
    public required DateTime ChangedAt { get; init; }

    /// <summary>The order's last change: it has moved, from there to where it is.</summary>
    internal static OrderStatusChange Of(Order order, OrderStatus from, Mover mover) =>
        new()
        {
            OrderId = order.Id,
            FromStatus = from,
            ToStatus = order.Status,
            Actor = mover.Actor,
            UserId = mover.UserId,
            Reason = mover.Reason,
            ChangedAt = order.UpdatedAt,
        };
}

internal static class OrderStatusChangeStatements
{
    /// <summary>The move, as <see cref="OrderDbContext.StatusChanges"/> would store it.</summary>
    public static void WriteChange(this BriefTransaction transaction, OrderStatusChange change) =>
        transaction.Write(
            $"""
            INSERT INTO order_status_changes (order_id, from_status, to_status, actor, user_id, reason, changed_at)
            VALUES ({change.OrderId}, {change.FromStatus.ToWord()}, {change.ToStatus.ToWord()}, {change.Actor.ToWord()},
                {change.UserId}, {change.Reason}, {change.ChangedAt})
            """
        );
}

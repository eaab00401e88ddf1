using System.Diagnostics;
using System.Text.Json;
using MsaShop.OrderService.Orders;

namespace MsaShop.OrderService.Events;

public enum OrderEventType
{
    OrderPlaced,
    OrderStatusChanged,
}

/// <summary>An entry of the event feed, written in the transaction of the change that it reports.</summary>
public sealed class OrderEvent
{
    /// <summary>Ascends in the order of writing, not of committing.</summary>
    public long Id { get; init; }

    /// <summary>The place in the feed; null until the feed is next read.</summary>
    public long? Position { get; init; }

    public required OrderEventType Type { get; init; }

    public required long OrderId { get; init; }
    public required string OrderNumber { get; init; }
    public required DateTime OccurredAt { get; init; }

    public string? TraceParent { get; init; }

    /// <summary>JSON whose shape depends on the type.</summary>
    public required string Data { get; init; }

    internal static OrderEvent Placed(Order order) =>
        Create(
            order,
            OrderEventType.OrderPlaced,
            order.CreatedAt,
            new
            {
                order.UserId,
                TotalPrice = (long)order.TotalPrice,
                order.PaymentMethod,
                order.DepositorName,
                order.PayBy,
            }
        );

    internal static OrderEvent StatusChanged(Order order, OrderStatusChange change) =>
        Create(
            order,
            OrderEventType.OrderStatusChanged,
            change.ChangedAt,
            new
            {
                From = change.FromStatus,
                To = change.ToStatus,
                change.Actor,
                change.UserId,
                change.Reason,
                order.PaymentId,
            }
        );

    private static OrderEvent Create<TData>(Order order, OrderEventType type, DateTime now, TData data) =>
        new()
        {
            Type = type,
            OrderId = order.Id,
            OrderNumber = order.OrderNumber,
            OccurredAt = now,
            TraceParent = Activity.Current?.Id,
            Data = JsonSerializer.Serialize(data, ShopJson.Options),
        };
}

/// <summary>The last position given to an event. A single row, locked to give the next.</summary>
public sealed class OrderFeedHead
{
    public const int OnlyId = 1;

    public int Id { get; init; } = OnlyId;

    public long LastPosition { get; set; }
}

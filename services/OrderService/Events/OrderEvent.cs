using System.Diagnostics;
using System.Text.Json;
using MsaShop.Data;
using MsaShop.OrderService.Orders;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Events;

/// <summary>What happened to an order.</summary>
public enum OrderEventType
{
    /// <summary>It was placed.</summary>
    OrderPlaced,

    /// <summary>It moved to another status.</summary>
    OrderStatusChanged,
}

/// <summary>Something that happened to an order, for whoever reads the feed. Written with what happened.</summary>
public sealed class OrderEvent
{
    /// <summary>The id, by order of writing.</summary>
    public long Id { get; init; }

    /// <summary>Where it stands in the feed; null until the feed has been read since.</summary>
    public long? Position { get; init; }

    /// <summary>What happened.</summary>
    public required OrderEventType Type { get; init; }

    /// <summary>The order's id.</summary>
    public required long OrderId { get; init; }

    /// <summary>The order's number.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>When.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>The trace in which it happened.</summary>
    public string? TraceParent { get; init; }

    /// <summary>What else there is to tell, as JSON.</summary>
    public required string Data { get; init; }

    /// <summary>The order was placed.</summary>
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

    /// <summary>The order moved.</summary>
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

/// <summary>How far positions have been given: one row, which whoever gives them locks.</summary>
public sealed class OrderFeedHead
{
    /// <summary>The one row's id.</summary>
    public const int OnlyId = 1;

    /// <summary>The id.</summary>
    public int Id { get; init; } = OnlyId;

    /// <summary>The last position that an event has.</summary>
    public long LastPosition { get; set; }
}

using System.Text.Json;
using MsaShop.PaymentService.Orders;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>
/// An event of order-svc's feed that could not be applied: this release cannot interpret it or cannot do what it says, or it
/// waits for such an event of the same order.
/// </summary>
public sealed class SetAsideEvent
{
    internal const int MaxTextLength = 255;

    internal const int MaxWhyLength = 1000;

    /// <summary>Its position in the feed.</summary>
    public required long Position { get; init; }

    public required string Type { get; init; }
    public required long OrderId { get; init; }
    public required string OrderNumber { get; init; }
    public required DateTime OccurredAt { get; init; }

    /// <summary>The trace in which it happened.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The event's data, as JSON.</summary>
    public required string Data { get; init; }

    /// <summary>Null if it only waits for an earlier one.</summary>
    public string? Why { get; init; }

    public required DateTime SetAsideAt { get; init; }

    internal static SetAsideEvent Of(OrderEvent orderEvent, string? why, DateTime now) =>
        new()
        {
            Position = orderEvent.Position,
            Type = (orderEvent.Type ?? "").Cut(MaxTextLength),
            OrderId = orderEvent.OrderId,
            OrderNumber = (orderEvent.OrderNumber ?? "").Cut(MaxTextLength),
            OccurredAt = orderEvent.OccurredAt,
            TraceParent = orderEvent.TraceParent is { Length: <= MaxTextLength } parent ? parent : null,
            Data = orderEvent.Data.ValueKind == JsonValueKind.Undefined ? "null" : orderEvent.Data.GetRawText(),
            Why = why?.Cut(MaxWhyLength),
            SetAsideAt = now,
        };

    internal OrderEvent ToEvent() =>
        new(
            Position,
            Type,
            OrderId,
            OrderNumber,
            OccurredAt,
            TraceParent,
            JsonSerializer.Deserialize<JsonElement>(Data)
        );
}

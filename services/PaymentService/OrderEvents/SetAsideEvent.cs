using System.Text.Json;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>
/// An event of order-svc's feed that has had no effect: this release does not understand it or cannot do what it means,
/// or it waits behind such an event of the same order.
/// </summary>
public sealed class SetAsideEvent
{
    internal const int MaxTextLength = 255;

    internal const int MaxWhyLength = 1000;

    public required long Position { get; init; }

    /// <summary>order-svc's word for what happened.</summary>
    public required string Type { get; init; }

    public required long OrderId { get; init; }
    public required string OrderNumber { get; init; }
    public required DateTime OccurredAt { get; init; }
    public string? TraceParent { get; init; }

    /// <summary>The event's data, as JSON.</summary>
    public required string Data { get; init; }

    /// <summary>Null where it only waits for the one before.</summary>
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

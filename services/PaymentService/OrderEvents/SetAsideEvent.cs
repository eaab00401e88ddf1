using System.Text.Json;
using MsaShop.Data;
using MsaShop.PaymentService.Orders;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>
/// An event of order-svc's feed that has not had its effect: this release does not understand it, or cannot do what it means; or it
/// follows such a one of the same order, and waits for its turn.
/// </summary>
public sealed class SetAsideEvent
{
    internal const int MaxTextLength = 255;

    internal const int MaxWhyLength = 1000;

    /// <summary>Its place in the feed.</summary>
    public required long Position { get; init; }

    /// <summary>What has happened, in order-svc's word.</summary>
    public required string Type { get; init; }

    /// <summary>The order's id.</summary>
    public required long OrderId { get; init; }

    /// <summary>The order's public number.</summary>
    public required string OrderNumber { get; init; }

    /// <summary>When.</summary>
    public required DateTime OccurredAt { get; init; }

    /// <summary>The trace in which it happened.</summary>
    public string? TraceParent { get; init; }

    /// <summary>What else there is to know, as JSON.</summary>
    public required string Data { get; init; }

    /// <summary>Why it has had no effect; null where it only waits for the one before.</summary>
    public string? Why { get; init; }

    /// <summary>When it was set aside.</summary>
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

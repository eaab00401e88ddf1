using System.Text.Json;
using System.Text.Json.Serialization;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>What an order's event means for its payment.</summary>
internal abstract record OrderEventEffect
{
    private const string OrderPlaced = "ORDER_PLACED";
    private const string OrderStatusChanged = "ORDER_STATUS_CHANGED";

    public static bool IsMove(OrderEvent orderEvent) => orderEvent.Type == OrderStatusChanged;

    /// <summary>What the event means, as far as this release knows.</summary>
    public static OrderEventEffect Of(OrderEvent orderEvent)
    {
        try
        {
            switch (orderEvent.Type)
            {
                case OrderPlaced:
                    return new Expect(Read<PlacedOrder>(orderEvent));
                case OrderStatusChanged:
                    var move = Read<OrderMove>(orderEvent);
                    return move.To switch
                    {
                        OrderStatus.Confirmed => new Confirm(move),
                        OrderStatus.Cancelled => new Cancel(move),
                        _ => new None(),
                    };
                default:
                    return new NotUnderstood("This release knows no events of this type.");
            }
        }
        catch (JsonException exception)
        {
            return new NotUnderstood(exception.Message);
        }
    }

    private static TData Read<TData>(OrderEvent orderEvent) =>
        (
            orderEvent.Data.ValueKind == JsonValueKind.Undefined
                ? default
                : orderEvent.Data.Deserialize<TData>(ShopJson.Options)
        ) ?? throw new JsonException("It has no data.");

    /// <summary>Money is to come.</summary>
    public sealed record Expect(PlacedOrder Order) : OrderEventEffect;

    /// <summary>The order's card has paid, so it is awaited no longer.</summary>
    public sealed record Forget : OrderEventEffect;

    public sealed record Confirm(OrderMove Move) : OrderEventEffect;

    public sealed record Cancel(OrderMove Move) : OrderEventEffect;

    public sealed record None : OrderEventEffect;

    /// <summary>Only another release knows what it means.</summary>
    public sealed record NotUnderstood(string Why) : OrderEventEffect;
}

internal sealed record PlacedOrder(
    [property: JsonRequired] long UserId,
    [property: JsonRequired] decimal TotalPrice,
    [property: JsonRequired] PaymentMethod PaymentMethod,
    string? DepositorName
)
{
    public Payment ToPayment(OrderEvent orderEvent, DateTime now) =>
        new()
        {
            OrderId = orderEvent.OrderId,
            OrderNumber = orderEvent.OrderNumber,
            UserId = UserId,
            Amount = TotalPrice,
            Method = PaymentMethod,
            DepositorName = DepositorName,
            CreatedAt = orderEvent.OccurredAt,
            UpdatedAt = now,
        };
}

internal sealed record OrderMove(
    [property: JsonRequired] OrderStatus To,
    [property: JsonRequired] PaymentActor Actor,
    long? UserId,
    string? Reason
)
{
    public Actor ToActor(string otherwise) => new(Actor, UserId, Reason ?? otherwise);
}

using System.Text.Json;
using System.Text.Json.Serialization;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>What an order's event means for its payment.</summary>
internal abstract record OrderEventEffect
{
    private const string OrderPlaced = "ORDER_PLACED";
    private const string OrderStatusChanged = "ORDER_STATUS_CHANGED";

    /// <summary>Whether the event is of the kind that moves an order.</summary>
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

    /// <summary>Its card has paid for the order, which awaits none any more.</summary>
    public sealed record Forget : OrderEventEffect;

    /// <summary>The order is confirmed.</summary>
    public sealed record Confirm(OrderMove Move) : OrderEventEffect;

    /// <summary>The order will not be sent.</summary>
    public sealed record Cancel(OrderMove Move) : OrderEventEffect;

    /// <summary>It means nothing for the payment.</summary>
    public sealed record None : OrderEventEffect;

    /// <summary>What it means, only another release knows.</summary>
    public sealed record NotUnderstood(string Why) : OrderEventEffect;
}

/// <summary>What an event tells of an order that was placed.</summary>
internal sealed record PlacedOrder(
    [property: JsonRequired] long UserId,
    [property: JsonRequired] decimal TotalPrice,
    [property: JsonRequired] PaymentMethod PaymentMethod,
    string? DepositorName
)
{
    /// <summary>The order's payment, before the bank transfer has come.</summary>
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

/// <summary>What an event tells of an order that moved.</summary>
internal sealed record OrderMove(
    [property: JsonRequired] OrderStatus To,
    [property: JsonRequired] PaymentActor Actor,
    long? UserId,
    string? Reason
)
{
    /// <summary>Who moves the payment because of it.</summary>
    public Actor ToActor(string otherwise) => new(Actor, UserId, Reason ?? otherwise);
}

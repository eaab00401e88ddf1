using MsaShop.OrderService.Orders;

namespace MsaShop.OrderService.Lifecycle;

/// <summary>
/// How a command nearly always finds its order. Decided on before the order is read, it saves a trip to the database; the write
/// holds only if the order is so, and whoever expected wrongly reads the order and decides again.
/// </summary>
/// <param name="Order">Such an order.</param>
/// <param name="Conditions">What makes an order be like it, as far as the decision looks.</param>
internal sealed record OrderExpectation(Order Order, IReadOnlyList<OrderCondition> Conditions)
{
    /// <summary>What a command expects; null where there is nothing usual about it.</summary>
    public static OrderExpectation? Of(OrderCommand command, DateTime now) =>
        command switch
        {
            OrderCommand.Hold { Attempt: not null } => new(
                Imagine(totalPrice: 0, payBy: now.AddTicks(TimeSpan.TicksPerMicrosecond)),
                [
                    OrderColumns.Status.Is(OrderStatus.Pending),
                    OrderColumns.Method.Is(PaymentMethod.Card),
                    OrderColumns.PaymentHold.Is(null),
                    OrderColumns.HoldAttempt.Is(null),
                    OrderColumns.PayBy.IsAfter(now),
                ]
            ),
            OrderCommand.Pay(_, var amount, _) => new(
                Imagine(amount, payBy: now),
                [
                    OrderColumns.Status.Is(OrderStatus.Pending),
                    OrderColumns.PaymentId.Is(null),
                    OrderColumns.TotalPrice.Is(amount),
                ]
            ),
            _ => null,
        };

    private static Order Imagine(decimal totalPrice, DateTime payBy) =>
        new()
        {
            OrderNumber = "",
            UserId = 0,
            Email = "",
            TotalPrice = totalPrice,
            PaymentMethod = PaymentMethod.Card,
            PayBy = payBy,
            CreatedAt = payBy,
            UpdatedAt = payBy,
        };
}

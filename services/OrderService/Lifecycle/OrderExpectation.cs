using MsaShop.OrderService.Orders;

namespace MsaShop.OrderService.Lifecycle;

/// <summary>
/// The state in which a command nearly always finds its order. Deciding on it before reading the order saves a trip to the
/// database. The write is guarded by the conditions; a miss reads the order and decides anew.
/// </summary>
/// <param name="Order">An order in that state.</param>
/// <param name="Conditions">What the decision depends on.</param>
internal sealed record OrderExpectation(Order Order, IReadOnlyList<OrderCondition> Conditions)
{
    /// <summary>Null for commands without a usual state.</summary>
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

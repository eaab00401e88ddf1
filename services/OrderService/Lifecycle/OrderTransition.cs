using MsaShop.OrderService.Orders;

namespace MsaShop.OrderService.Lifecycle;

/// <summary>A row of the table in <see cref="OrderTransitions"/>.</summary>
/// <param name="To">Null if the status stays.</param>
internal sealed record OrderTransition(
    string Name,
    Func<OrderCommand, bool> IsFor,
    IReadOnlyList<OrderStatus> From,
    IReadOnlyList<OrderGuard> Guards,
    OrderStatus? To,
    IReadOnlyList<OrderEffect> Effects
)
{
    public bool ReturnsStock => To == OrderStatus.Cancelled;
}

/// <summary>A precondition of a transition.</summary>
/// <param name="Words">As the docs print it.</param>
/// <param name="Refusal">Why the command is refused if it does not hold; null to leave the order as it is.</param>
internal sealed record OrderGuard(string Words, OrderRefusal? Refusal, Func<Order, OrderCommand, DateTime, bool> Holds)
{
    public static OrderGuard Of<T>(string words, OrderRefusal? refusal, Func<Order, T, DateTime, bool> holds)
        where T : OrderCommand => new(words, refusal, (order, command, now) => holds(order, (T)command, now));
}

/// <summary>What a transition changes besides the status.</summary>
/// <param name="Words">As the docs print it.</param>
internal sealed record OrderEffect(string Words, Func<Order, OrderCommand, DateTime, IEnumerable<OrderWrite>> Writes)
{
    public static OrderEffect Of<T>(string words, Func<Order, T, DateTime, IEnumerable<OrderWrite>> writes)
        where T : OrderCommand => new(words, (order, command, now) => writes(order, (T)command, now));
}

internal abstract record OrderDecision
{
    private OrderDecision() { }

    /// <param name="To">Null if the status stays.</param>
    public sealed record Change(IReadOnlyList<OrderWrite> Writes, OrderStatus? To, bool ReturnsStock) : OrderDecision;

    /// <summary>Nothing to do, which is no error.</summary>
    public sealed record Unchanged : OrderDecision;

    public sealed record Refused(OrderRefusal Why) : OrderDecision;
}

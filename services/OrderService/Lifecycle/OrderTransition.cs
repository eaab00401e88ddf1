using MsaShop.OrderService.Orders;

namespace MsaShop.OrderService.Lifecycle;

/// <summary>A row of the table of <see cref="OrderTransitions"/>.</summary>
/// <param name="Name">What happens, in a word or two.</param>
/// <param name="To">Null if the status stays.</param>
/// <param name="Effects">Further changes.</param>
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
    /// <summary>Creates a guard for one kind of command.</summary>
    public static OrderGuard Of<T>(string words, OrderRefusal? refusal, Func<Order, T, DateTime, bool> holds)
        where T : OrderCommand => new(words, refusal, (order, command, now) => holds(order, (T)command, now));
}

/// <summary>A further change of a transition.</summary>
/// <param name="Words">As the docs print it.</param>
internal sealed record OrderEffect(string Words, Func<Order, OrderCommand, DateTime, IEnumerable<OrderWrite>> Writes)
{
    /// <summary>Creates an effect for one kind of command.</summary>
    public static OrderEffect Of<T>(string words, Func<Order, T, DateTime, IEnumerable<OrderWrite>> writes)
        where T : OrderCommand => new(words, (order, command, now) => writes(order, (T)command, now));
}

internal abstract record OrderDecision
{
    private OrderDecision() { }

    /// <param name="To">Null if the status stays.</param>
    /// <param name="ReturnsStock">Whether the order's stock goes back.</param>
    public sealed record Change(IReadOnlyList<OrderWrite> Writes, OrderStatus? To, bool ReturnsStock) : OrderDecision;

    /// <summary>The order is left as it is, which is not an error.</summary>
    public sealed record Unchanged : OrderDecision;

    public sealed record Refused(OrderRefusal Why) : OrderDecision;
}

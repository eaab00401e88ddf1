using MsaShop.OrderService.Orders;

namespace MsaShop.OrderService.Lifecycle;

/// <summary>One row of the table of <see cref="OrderTransitions"/>: how an order answers to a command in some statuses.</summary>
/// <param name="Name">What happens, in a word or two.</param>
/// <param name="IsFor">Which commands it is for.</param>
/// <param name="From">In which statuses.</param>
/// <param name="Guards">What has to be so.</param>
/// <param name="To">The status that the order moves to; null if it stays where it is.</param>
/// <param name="Effects">What else changes about it.</param>
internal sealed record OrderTransition(
    string Name,
    Func<OrderCommand, bool> IsFor,
    IReadOnlyList<OrderStatus> From,
    IReadOnlyList<OrderGuard> Guards,
    OrderStatus? To,
    IReadOnlyList<OrderEffect> Effects
)
{
    /// <summary>Whether what the order has taken goes back.</summary>
    public bool ReturnsStock => To == OrderStatus.Cancelled;
}

/// <summary>What has to be so for a transition.</summary>
/// <param name="Words">The guard, in the words of the docs.</param>
/// <param name="Refusal">Why the command is refused otherwise; null where the order is then left as it is.</param>
/// <param name="Holds">Whether it is so.</param>
internal sealed record OrderGuard(string Words, OrderRefusal? Refusal, Func<Order, OrderCommand, DateTime, bool> Holds)
{
    /// <summary>A guard of one kind of command.</summary>
    public static OrderGuard Of<T>(string words, OrderRefusal? refusal, Func<Order, T, DateTime, bool> holds)
        where T : OrderCommand => new(words, refusal, (order, command, now) => holds(order, (T)command, now));
}

/// <summary>What a transition changes about an order, its status aside.</summary>
/// <param name="Words">The effect, in the words of the docs.</param>
/// <param name="Writes">What it writes.</param>
internal sealed record OrderEffect(string Words, Func<Order, OrderCommand, DateTime, IEnumerable<OrderWrite>> Writes)
{
    /// <summary>An effect of one kind of command.</summary>
    public static OrderEffect Of<T>(string words, Func<Order, T, DateTime, IEnumerable<OrderWrite>> writes)
        where T : OrderCommand => new(words, (order, command, now) => writes(order, (T)command, now));
}

/// <summary>What becomes of a command.</summary>
internal abstract record OrderDecision
{
    private OrderDecision() { }

    /// <summary>The order changes.</summary>
    /// <param name="Writes">What changes about it.</param>
    /// <param name="To">Where it moves; null if it stays in its status.</param>
    /// <param name="ReturnsStock">Whether what it has taken goes back.</param>
    public sealed record Change(IReadOnlyList<OrderWrite> Writes, OrderStatus? To, bool ReturnsStock) : OrderDecision;

    /// <summary>The order is left as it is, which is no fault.</summary>
    public sealed record Unchanged : OrderDecision;

    /// <summary>The command is refused.</summary>
    /// <param name="Why">Why.</param>
    public sealed record Refused(OrderRefusal Why) : OrderDecision;
}

namespace MsaShop.OrderService.Orders;

/// <summary>The moves an order can make. Whatever is not here is refused.</summary>
public static class OrderStatusMoves
{
    private static readonly HashSet<(OrderStatus From, OrderStatus To)> s_moves =
    [
        (OrderStatus.Pending, OrderStatus.Confirmed),
        (OrderStatus.Confirmed, OrderStatus.Shipping),
        (OrderStatus.Shipping, OrderStatus.Delivered),
        (OrderStatus.Pending, OrderStatus.Cancelled),
        (OrderStatus.Confirmed, OrderStatus.Cancelled),
    ];

    /// <summary>Whether an order may go from the one status to the other.</summary>
    public static bool Allow(OrderStatus from, OrderStatus to) => s_moves.Contains((from, to));
}

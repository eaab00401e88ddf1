using MsaShop.OrderService.Lifecycle;
using MsaShop.OrderService.Orders;
using static MsaShop.OrderService.Orders.OrderStatus;

namespace MsaShop.OrderService.Tests;

public class OrderStatusMovesTests
{
    /// <summary>Each status with all that it may become: the whole table, written as the design has it.</summary>
    public static TheoryData<OrderStatus, OrderStatus[]> Table { get; } =
        new()
        {
            { Pending, [Confirmed, Cancelled] },
            { Confirmed, [Shipping, Cancelled] },
            { Shipping, [Delivered] },
            { Delivered, [] },
            { Cancelled, [] },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void Allows_exactly_the_moves_of_the_design(OrderStatus from, OrderStatus[] allowed) =>
        Assert.Equal(allowed, Enum.GetValues<OrderStatus>().Where(to => OrderTransitions.Allow(from, to)));

    [Fact]
    public void Knows_every_status() => Assert.Equal(Enum.GetValues<OrderStatus>().Length, Table.Count);
}

using MsaShop.OrderService.Orders;

namespace MsaShop.OrderService.Statistics;

/// <summary>Orders and sales of a period.</summary>
/// <param name="TimeZone">The time zone whose days these are.</param>
/// <param name="Orders">Orders placed, without the cancelled ones.</param>
/// <param name="Sales">The totals of the paid orders, in won.</param>
/// <param name="ByStatus">All orders placed, by their current status; every status is listed.</param>
/// <param name="Days">Every day of the period, in order.</param>
/// <param name="BestSellers">The products that sold the most units, ten at most.</param>
public sealed record SalesStatistics(
    DateOnly From,
    DateOnly To,
    string TimeZone,
    long Orders,
    long Sales,
    IReadOnlyList<StatusStatistics> ByStatus,
    IReadOnlyList<DayStatistics> Days,
    IReadOnlyList<BestSeller> BestSellers
);

/// <summary>The orders in one status.</summary>
/// <param name="Total">Their totals, in won.</param>
public sealed record StatusStatistics(OrderStatus Status, long Orders, long Total);

/// <summary>Orders and sales of one day.</summary>
/// <param name="Orders">Orders placed, without the cancelled ones.</param>
/// <param name="Sales">The totals of the paid orders, in won.</param>
public sealed record DayStatistics(DateOnly Date, long Orders, long Sales);

/// <summary>A best-selling product.</summary>
/// <param name="ProductName">The product's name when it was last sold.</param>
/// <param name="Quantity">The units sold.</param>
/// <param name="Sales">The revenue, in won.</param>
public sealed record BestSeller(long ProductId, string ProductName, long Quantity, long Sales);

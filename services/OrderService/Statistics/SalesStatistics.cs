using MsaShop.OrderService.Orders;

namespace MsaShop.OrderService.Statistics;

/// <summary>How sales went in a period.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="TimeZone">The time zone whose days these are.</param>
/// <param name="Orders">How many orders were placed and not cancelled.</param>
/// <param name="Sales">The totals of those that are paid, in won.</param>
/// <param name="ByStatus">All orders placed, by where they are now; every status is there.</param>
/// <param name="Days">Every day of the period, in order.</param>
/// <param name="BestSellers">The products of which most were sold, ten at most.</param>
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

/// <summary>The orders in a status.</summary>
/// <param name="Status">The status.</param>
/// <param name="Orders">How many there are.</param>
/// <param name="Total">Their totals, in won.</param>
public sealed record StatusStatistics(OrderStatus Status, long Orders, long Total);

/// <summary>A day.</summary>
/// <param name="Date">The day.</param>
/// <param name="Orders">How many orders were placed and not cancelled.</param>
/// <param name="Sales">The totals of those that are paid, in won.</param>
public sealed record DayStatistics(DateOnly Date, long Orders, long Sales);

/// <summary>A product that sells.</summary>
/// <param name="ProductId">The product's id.</param>
/// <param name="ProductName">The product's name when it was last sold.</param>
/// <param name="Quantity">How many were sold.</param>
/// <param name="Sales">For how much, in won.</param>
public sealed record BestSeller(long ProductId, string ProductName, long Quantity, long Sales);

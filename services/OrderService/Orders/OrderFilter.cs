using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MsaShop.OrderService.Orders;

/// <summary>
/// Which orders to list. All filters but the status are meant for admins; others see only their own orders anyway.
/// </summary>
public sealed record OrderFilter
{
    /// <summary>Only orders in this status.</summary>
    [WordOf<OrderStatus>]
    public string? Status { get; init; }

    /// <summary>Only this user's orders.</summary>
    [Range(1, long.MaxValue)]
    public long? UserId { get; init; }

    /// <summary>Only orders paid this way.</summary>
    [WordOf<PaymentMethod>]
    public string? PaymentMethod { get; init; }

    /// <summary>Only orders placed at this time or later.</summary>
    public DateTime? From { get; init; }

    /// <summary>Only orders placed before this time.</summary>
    public DateTime? To { get; init; }

    /// <summary>
    /// Only orders whose number, e-mail address or depositor contains this, or whose total is this number. A whole order
    /// number finds its order among all; anything else is looked for in the newest 10,000 that the other filters leave.
    /// </summary>
    [MaxLength(100)]
    public string? Q { get; init; }

    internal IQueryable<Order> Filter(IQueryable<Order> orders)
    {
        if (EnumWords.Parse<OrderStatus>(Status) is { } status)
        {
            orders = orders.Where(order => order.Status == status);
        }

        if (UserId is { } userId)
        {
            orders = orders.Where(order => order.UserId == userId);
        }

        if (EnumWords.Parse<PaymentMethod>(PaymentMethod) is { } method)
        {
            orders = orders.Where(order => order.PaymentMethod == method);
        }

        if (From is { } from)
        {
            orders = orders.Where(order => order.CreatedAt >= from);
        }

        if (To is { } to)
        {
            orders = orders.Where(order => order.CreatedAt < to);
        }

        if (!string.IsNullOrWhiteSpace(Q))
        {
            var text = new SearchText(Q);
            if (text.IsWholeOrderNumber)
            {
                return orders.Where(order => order.OrderNumber == text.OrderNumber);
            }

            decimal? total = text.Number;
            // No index finds the middle of a text, so the search is limited to the newest orders.
            var found = Newest(orders)
                .Take(LongList.SearchReach)
                .Where(order =>
                    (text.OrderNumber != null && order.OrderNumber.Contains(text.OrderNumber))
                    || order.Email.Contains(text.Folded)
                    || order.DepositorName!.Contains(text.Typed)
                    || order.DepositorName!.Contains(text.Folded)
                    || order.DepositorName!.Contains(text.Apart)
                    || order.TotalPrice == total
                )
                .Select(order => order.Id);
            return orders.Where(order => found.Contains(order.Id));
        }

        return orders;
    }

    /// <summary>
    /// Applies the filters for reading by id. A whole period is narrowed to its range of ids: it would otherwise be looked
    /// for among millions of orders before and after it.
    /// </summary>
    internal async Task<IQueryable<Order>> FilterByIdAsync(
        IQueryable<Order> orders,
        CancellationToken cancellationToken
    )
    {
        var matching = Filter(orders);
        if (From is null || To is null)
        {
            return matching;
        }

        var ends = await matching
            .GroupBy(_ => 1)
            .Select(all => new { First = all.Min(order => order.Id), Last = all.Max(order => order.Id) })
            .SingleOrDefaultAsync(cancellationToken);
        var (first, last) = (ends?.First ?? 0, ends?.Last ?? 0);
        return matching.Where(order => order.Id >= first && order.Id <= last);
    }

    /// <summary>Newest first; the id breaks ties, so that no order is on two pages.</summary>
    internal static IQueryable<Order> Newest(IQueryable<Order> orders) =>
        orders.OrderByDescending(order => order.CreatedAt).ThenByDescending(order => order.Id);
}

/// <summary>The page to list, and its order.</summary>
public sealed record OrderPage : PageRequest
{
    /// <summary><c>newest</c> first, or by <c>payBy</c>, the deadline for the money.</summary>
    [AllowedValues(null, "newest", "payBy", ErrorMessage = "The field {0} takes newest and payBy.")]
    [DefaultValue("newest")]
    public string? Sort { get; init; }

    /// <summary>The id breaks ties, so that no order is on two pages.</summary>
    internal IQueryable<Order> Order(IQueryable<Order> orders) =>
        Sort == "payBy" ? orders.OrderBy(order => order.PayBy).ThenBy(order => order.Id) : OrderFilter.Newest(orders);
}

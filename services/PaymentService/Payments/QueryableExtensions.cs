using System.Linq.Expressions;

namespace MsaShop.PaymentService.Payments;

internal static class QueryableExtensions
{
    /// <summary>Adds a condition for each filter that is given.</summary>
    public static IQueryable<T> WhereGiven<T, TValue>(
        this IQueryable<T> rows,
        TValue? given,
        Func<TValue, Expression<Func<T, bool>>> condition
    )
        where TValue : struct => given is { } value ? rows.Where(condition(value)) : rows;
}

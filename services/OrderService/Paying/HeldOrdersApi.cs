using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using MsaShop.OrderService.Orders;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Paying;

/// <summary>The orders that are held, for payment-svc to see whether it is still charging a card for each.</summary>
internal static class HeldOrdersApi
{
    public static void MapHeldOrders(this IEndpointRouteBuilder orders) => orders.MapGet("/held", ListAsync);

    private static async Task<Ok<HeldOrderPage>> ListAsync(
        OrderDbContext database,
        CancellationToken cancellationToken,
        DateTime? before = null,
        [Range(0, long.MaxValue)] long after = 0,
        [Range(1, 1000)] int limit = 100
    )
    {
        // The index has the orders that await their money, which are never many; by id the server would read all there are.
        var orders = await database
            .Orders.FromSql(
                $"""
                SELECT * FROM orders FORCE INDEX (IX_orders_status_pay_by)
                WHERE status = {OrderStatus.Pending.ToWord()} AND payment_hold IS NOT NULL
                    AND ({before} IS NULL OR payment_hold < {before}) AND id > {after}
                ORDER BY id LIMIT {limit}
                """
            )
            .AsNoTracking()
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(
            new HeldOrderPage([
                .. orders.Select(order => new HeldOrder(
                    order.Id,
                    order.OrderNumber,
                    order.HoldAttempt,
                    order.PaymentHold!.Value
                )),
            ])
        );
    }
}

/// <summary>Held orders, by id.</summary>
/// <param name="Orders">The orders.</param>
public sealed record HeldOrderPage(IReadOnlyList<HeldOrder> Orders);

/// <summary>An order that is neither cancelled nor confirmed, for its card may be charged.</summary>
/// <param name="Id">The id.</param>
/// <param name="OrderNumber">The public number.</param>
/// <param name="Attempt">The attempt to charge it, in payment-svc; null where that did not say.</param>
/// <param name="Since">Since when it is held.</param>
public sealed record HeldOrder(long Id, string OrderNumber, long? Attempt, DateTime Since);

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using MsaShop.OrderService.Lifecycle;

namespace MsaShop.OrderService.Paying;

/// <summary>Lists held orders, for payment-svc to release those without a card attempt.</summary>
internal static class HeldOrdersApi
{
    public static void MapHeldOrders(this IEndpointRouteBuilder orders) => orders.MapGet("/held", ListAsync);

    private static async Task<Ok<HeldOrderPage>> ListAsync(
        OrderStore store,
        CancellationToken cancellationToken,
        DateTime? before = null,
        [Range(0, long.MaxValue)] long after = 0,
        [Range(1, 1000)] int limit = 100
    )
    {
        var orders = await store.FindHeldAsync(before, after, limit, cancellationToken);
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

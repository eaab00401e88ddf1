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
public sealed record HeldOrderPage(IReadOnlyList<HeldOrder> Orders);

/// <summary>An order that is kept as it is while its card may be charged.</summary>
/// <param name="Attempt">The attempt of payment-svc that holds it; null if the hold did not name one.</param>
/// <param name="Since">When the hold began.</param>
public sealed record HeldOrder(long Id, string OrderNumber, long? Attempt, DateTime Since);

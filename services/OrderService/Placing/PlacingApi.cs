using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using MsaShop.OrderService.Orders;

namespace MsaShop.OrderService.Placing;

internal static class PlacingApi
{
    public static void AddPlacing(this IHostApplicationBuilder builder) =>
        builder
            .Services.AddValidatedOptions<PlacementOptions>("Placements")
            .AddValidatedOptions<ShopperLimitOptions>("ShopperLimits")
            .AddScoped<PlacementStore>()
            .AddScoped<OrderPlacer>()
            .AddPeriodicWork<PlacementRecovery>()
            .AddPeriodicWork<PlacementCleaner>();

    public static void MapPlacing(this IEndpointRouteBuilder app) =>
        app.MapGroup("/api/orders")
            .RequireAuthorization()
            .WithTags("Orders")
            .MapPost("/", PlaceAsync)
            .WithName("PlaceOrder")
            .WithSummary("Places an order.")
            .WithDescription(
                """
                With `expectedTotal`, nothing is ordered at other prices than the shopper saw: if the lines cost something else by
                now, the answer is 409 `price_changed` with `expectedTotal`, `total` and `items`, and nothing was taken.

                What is unpaid is kept from others, so a shopper has only so much of it: beyond, the answer is 409
                `too_many_unpaid_orders` with `unpaid` and `limit`, or 409 `too_many_units` with `limit` and the `items` that are too
                many.

                What costs less than a card can pay is not ordered by card: 422 `total_too_small` with `total` and `least`.

                With an `Idempotency-Key`, a request may be sent again without harm when its answer was lost: the same key and the
                same body give the first answer again, byte for byte, with the header `Idempotency-Replayed: true`; another body is
                422 `idempotency_key_reused`; while the first request is still being carried out the answer is 409
                `request_in_progress` with `Retry-After`. Keys belong to one user and are kept for seven days. A request that failed
                (5xx) counts as not made.
                """
            )
            .Produces<OrderResponse>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> PlaceAsync(
        OrderRequest request,
        [FromHeader(Name = IdempotencyKey.HeaderName)]
        [Description("1 to 255 printable ASCII letters; by the same key a repeated request is recognised.")]
            string? idempotencyKey,
        CurrentUser caller,
        OrderPlacer placer,
        CancellationToken cancellationToken
    )
    {
        if (!IdempotencyKey.IsValid(idempotencyKey))
        {
            return Problems.Invalid(IdempotencyKey.HeaderName, IdempotencyKey.Requirement);
        }

        if (request.UserId != caller.Id)
        {
            return Problems.Forbidden("not_your_account", "Orders can be placed for one's own account only.");
        }

        return (await placer.PlaceAsync(request, idempotencyKey, cancellationToken)).ToResult();
    }
}

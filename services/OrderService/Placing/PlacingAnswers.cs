using MsaShop.OrderService.Orders;
using MsaShop.OrderService.Stock;

namespace MsaShop.OrderService.Placing;

internal static class PlacingAnswers
{
    public static IResult ToResult(this PlacingOutcome outcome) =>
        outcome switch
        {
            PlacingOutcome.Decided { Answer: var answer } => answer,
            PlacingOutcome.InProgress => Problems.Conflict(
                "request_in_progress",
                $"The request with this {IdempotencyKey.HeaderName} is still being carried out.",
                new Dictionary<string, object?> { [Problems.RetryAfterMember] = 1 }
            ),
            PlacingOutcome.KeyReused => Problems.Unprocessable(
                "idempotency_key_reused",
                $"This {IdempotencyKey.HeaderName} belongs to a request for something else."
            ),
            PlacingOutcome.Undone => Problems.Unavailable(
                "service_unavailable",
                "The order took too long and has been undone. Try again shortly."
            ),
            _ => throw new InvalidOperationException($"Unforeseen outcome {outcome}."),
        };

    public static IResult Placed(Order order, BankAccount account) =>
        TypedResults.Created($"/api/orders/{order.Id}", order.ToResponse(account));

    public static IResult OutOfStock(IReadOnlyList<Shortage> items) =>
        Problems.Conflict(
            "out_of_stock",
            "There is not enough of some products.",
            new Dictionary<string, object?> { ["items"] = items }
        );

    public static IResult PriceChanged(long? expectedTotal, IReadOnlyList<TakenLine> items) =>
        Problems.Conflict(
            "price_changed",
            "The products cost something else than expected.",
            new Dictionary<string, object?>
            {
                ["expectedTotal"] = expectedTotal,
                ["total"] = (long)items.SumPrices(),
                ["items"] = items.Select(item => new OrderItemResponse(
                    item.ProductId,
                    item.Name,
                    (long)item.Price,
                    item.Quantity
                )),
            }
        );

    public static IResult TotalTooSmall(long least, IReadOnlyList<TakenLine> items) =>
        Problems.Unprocessable(
            "total_too_small",
            "The products cost less than can be paid like this.",
            new Dictionary<string, object?> { ["total"] = (long)items.SumPrices(), ["least"] = least }
        );

    public static IResult UnknownProduct(IReadOnlyList<long> productIds) =>
        Problems.Unprocessable(
            "unknown_product",
            "Some products do not exist or are no longer sold.",
            new Dictionary<string, object?> { ["productIds"] = productIds }
        );

    public static IResult TooManyUnpaidOrders(int unpaid, int limit) =>
        Problems.Conflict(
            "too_many_unpaid_orders",
            "There are too many unpaid orders. Pay or cancel one first.",
            new Dictionary<string, object?> { ["unpaid"] = unpaid, ["limit"] = limit }
        );

    public static IResult TooManyUnits(IReadOnlyList<TooManyUnits> items, int limit) =>
        Problems.Conflict(
            "too_many_units",
            "With this order, too many of a product would be unpaid.",
            new Dictionary<string, object?> { ["items"] = items, ["limit"] = limit }
        );

    public static IResult UnknownUser() => Problems.Unprocessable("unknown_user", "The account no longer exists.");
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MsaShop.ProductService.Stock;

/// <summary>Endpoints for order-svc.</summary>
internal static class OrderStockApi
{
    public static void MapOrderStock(this IEndpointRouteBuilder app)
    {
        var stock = app.MapGroup("/stock").CalledBy(ServiceNames.Orders);
        stock
            .MapPost("/take", Take)
            .Refuses(StatusCodes.Status409Conflict, "out_of_stock", "price_changed", "order_closed")
            .Refuses(StatusCodes.Status422UnprocessableEntity, "total_too_small", "unknown_product");
        stock.MapPost("/return", Return);
    }

    private static async Task<Results<Ok<TakeStockResponse>, ProblemHttpResult>> Take(
        TakeStockRequest request,
        StockStore stock,
        CancellationToken cancellationToken
    )
    {
        var quantities = request
            .Items!.GroupBy(item => item.ProductId!.Value)
            .ToDictionary(product => product.Key, product => product.Sum(item => item.Quantity!.Value));
        return await stock.TakeAsync(
            request.OrderNumber!,
            new StockWish(quantities, request.ExpectedTotal, request.LeastTotal),
            cancellationToken
        ) switch
        {
            TakeOutcome.Taken taken => TypedResults.Ok(
                new TakeStockResponse([
                    .. ToItems(taken.Lines).Select(item => item with { Left = taken.Left[item.ProductId] }),
                ])
            ),
            TakeOutcome.OutOfStock missing => Problems.Conflict(
                "out_of_stock",
                "There is not enough in stock.",
                new Dictionary<string, object?> { ["items"] = missing.Items }
            ),
            TakeOutcome.PriceChanged changed => Problems.Conflict(
                "price_changed",
                "The products cost something else than expected.",
                new Dictionary<string, object?> { ["items"] = ToItems(changed.Lines) }
            ),
            TakeOutcome.TotalTooSmall tooSmall => Problems.Unprocessable(
                "total_too_small",
                "The products cost less than can be paid.",
                new Dictionary<string, object?> { ["items"] = ToItems(tooSmall.Lines) }
            ),
            TakeOutcome.UnknownProduct unknown => Problems.Unprocessable(
                "unknown_product",
                "There are no such products.",
                new Dictionary<string, object?> { ["productIds"] = unknown.ProductIds }
            ),
            _ => Problems.Conflict("order_closed", "The order takes no stock any more."),
        };
    }

    private static IReadOnlyList<TakenItem> ToItems(IReadOnlyList<StockReservationLine> lines) =>
        [.. lines.Select(line => new TakenItem(line.ProductId, line.Name, (long)line.Price, line.Quantity))];

    private static async Task<NoContent> Return(
        ReturnStockRequest request,
        StockStore stock,
        CancellationToken cancellationToken
    )
    {
        await stock.ReturnAsync(request.OrderNumber!, cancellationToken);
        return TypedResults.NoContent();
    }
}

/// <summary>The order that takes or returns stock.</summary>
public record ReturnStockRequest
{
    /// <summary>The order's number.</summary>
    [Required]
    [RegularExpression("[A-Za-z0-9_-]{6,64}")]
    public string? OrderNumber { get; init; }
}

/// <summary>What an order takes.</summary>
public sealed record TakeStockRequest : ReturnStockRequest
{
    /// <summary>Lines of the same product are added up.</summary>
    [Required]
    [Length(1, 50)]
    public IReadOnlyList<WantedItem>? Items { get; init; }

    /// <summary>The exact total of the lines, in won; anything else takes nothing.</summary>
    [Range(0, long.MaxValue)]
    public long? ExpectedTotal { get; init; }

    /// <summary>The smallest total of the lines, in won; anything less takes nothing.</summary>
    [Range(0, long.MaxValue)]
    public long? LeastTotal { get; init; }
}

/// <summary>A quantity of a product.</summary>
public sealed record WantedItem
{
    /// <summary>The product's id.</summary>
    [Required]
    public long? ProductId { get; init; }

    /// <summary>How many.</summary>
    [Required]
    [Range(1, 999)]
    public int? Quantity { get; init; }
}

/// <summary>What an order has taken.</summary>
/// <param name="Items">One item per product, by id.</param>
public sealed record TakeStockResponse(IReadOnlyList<TakenItem> Items);

/// <summary>A product that an order took, with its name and price then, and what was left.</summary>
public sealed record TakenItem(long ProductId, string Name, long Price, int Quantity, int? Left = null);

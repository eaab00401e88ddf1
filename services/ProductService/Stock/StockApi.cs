using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using MsaShop.ProductService.Catalogue;

namespace MsaShop.ProductService.Stock;

internal static class StockApi
{
    public static void AddStock(this IHostApplicationBuilder builder) =>
        builder
            .Services.AddValidatedOptions<StockOptions>("Stock")
            .AddSingleton<StockMetrics>()
            .AddScoped<StockStore>()
            .AddPeriodicWork<StockReservationCleaner>();

    public static void MapStock(this IEndpointRouteBuilder app)
    {
        var admin = app.MapGroup("/api/products/{id:long}").WithTags("Stock").RequireAuthorization(Policies.Admin);
        admin
            .MapPatch("/stock", Adjust)
            .WithName("AdjustStock")
            .WithSummary("Adds to or takes from a product's stock")
            .WithDescription(
                """
                Takes a difference rather than a new total: orders go on while somebody counts, and a total would undo them.

                The same `Idempotency-Key` changes it once; for another change it is 422 `idempotency_key_reused`.
                """
            );
        admin
            .MapGet("/stock-movements", ListMovements)
            .WithName("ListStockMovements")
            .WithSummary("Lists the changes of a product's stock, the newest first");
    }

    private static async Task<Results<Ok<ProductResponse>, ProblemHttpResult, ValidationProblem>> Adjust(
        long id,
        AdjustStockRequest request,
        [FromHeader(Name = IdempotencyKey.HeaderName)] string? idempotencyKey,
        StockStore stock,
        CurrentUser user,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        if (!IdempotencyKey.IsValid(idempotencyKey))
        {
            return Problems.Invalid(IdempotencyKey.HeaderName, IdempotencyKey.Requirement);
        }

        var reference = AdminRequest.Of(user.Id, idempotencyKey, request).Key;
        var adjustment = new StockAdjustment(request.Change!.Value, request.Reason, reference, user.Id);
        var outcome = await stock.AdjustAsync(id, adjustment, cancellationToken);
        if (outcome is AdjustOutcome.Replayed)
        {
            response.Headers[IdempotencyKey.ReplayedHeaderName] = "true";
        }

        return outcome switch
        {
            AdjustOutcome.Adjusted(var product) => TypedResults.Ok(product.ToEditable()),
            AdjustOutcome.Replayed(var product) => TypedResults.Ok(product.ToEditable()),
            AdjustOutcome.KeyReused => Problems.IdempotencyKeyReused(),
            AdjustOutcome.TooLow(var left) => Problems.Conflict(
                "stock_too_low",
                $"There are only {left} in stock.",
                new Dictionary<string, object?> { ["stock"] = left }
            ),
            AdjustOutcome.TooHigh => Problems.Invalid("change", $"A stock is at most {Product.MaxStock}."),
            _ => Problems.NotFound("product"),
        };
    }

    private static async Task<Results<Ok<PagedList<StockMovementResponse>>, ProblemHttpResult>> ListMovements(
        long id,
        [AsParameters] PageRequest page,
        ProductDbContext database,
        CancellationToken cancellationToken
    )
    {
        // Every product has an initial entry.
        var movements = database.StockMovements.AsNoTracking().Where(movement => movement.ProductId == id);
        var total = await movements.LongCountAsync(cancellationToken);
        if (total == 0)
        {
            return Problems.NotFound("product");
        }

        var items = await page.Apply(movements.OrderByDescending(movement => movement.Id))
            .Select(movement => new StockMovementResponse(
                movement.Id,
                movement.Kind,
                movement.Change,
                movement.StockAfter,
                movement.Kind == StockMovementKind.Taken || movement.Kind == StockMovementKind.Returned
                    ? movement.Reference
                    : null,
                movement.Reason,
                movement.ChangedBy,
                movement.CreatedAt
            ))
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(page.ToPage(items, total));
    }
}

/// <summary>A change of a product's stock.</summary>
public sealed record AdjustStockRequest
{
    /// <summary>The units added; below zero, removed.</summary>
    [Required]
    [Range(-Product.MaxStock, Product.MaxStock)]
    [DeniedValues(0, ErrorMessage = "The field {0} must not be 0.")]
    public int? Change { get; init; }

    /// <summary>The reason, for the ledger.</summary>
    [StringLength(200)]
    public string? Reason { get; init; }
}

/// <summary>An entry of a product's stock ledger.</summary>
/// <param name="Change">The units added; below zero, removed.</param>
/// <param name="StockAfter">The stock afterwards.</param>
/// <param name="OrderNumber">The order, if one caused it.</param>
/// <param name="Reason">The reason that an administrator gave.</param>
/// <param name="ChangedBy">The administrator's user id.</param>
public sealed record StockMovementResponse(
    long Id,
    StockMovementKind Kind,
    int Change,
    int StockAfter,
    string? OrderNumber,
    string? Reason,
    long? ChangedBy,
    DateTime CreatedAt
);

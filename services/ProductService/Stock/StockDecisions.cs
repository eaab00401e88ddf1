using MsaShop.ProductService.Catalogue;

namespace MsaShop.ProductService.Stock;

/// <summary>What an order asks for.</summary>
/// <param name="ExpectedTotal">What it must cost, in won; null for anything.</param>
/// <param name="LeastTotal">The least it must cost, in won; null for anything.</param>
internal sealed record StockWish(
    IReadOnlyDictionary<long, int> Quantities,
    decimal? ExpectedTotal = null,
    decimal? LeastTotal = null
);

/// <summary>An administrator's change of a stock.</summary>
/// <param name="Reference">Identifies the request.</param>
internal sealed record StockAdjustment(int Change, string? Reason, string Reference, long UserId);

/// <summary>What happens when an order returns its stock.</summary>
internal enum ReturnDecision
{
    /// <summary>The stock goes back, and the order's number is closed.</summary>
    GiveBack,

    /// <summary>Nothing was taken. The order's number is closed, so that a late take takes nothing.</summary>
    Close,

    /// <summary>It was returned before.</summary>
    Nothing,
}

/// <summary>Decides on stock from the locked products alone.</summary>
internal static class StockDecisions
{
    /// <param name="products">By id; those that exist.</param>
    public static TakeOutcome Take(string orderNumber, StockWish wish, IReadOnlyList<LockedStock> products)
    {
        var quantities = wish.Quantities;
        if (quantities.Keys.Except(products.Select(product => product.Id)).Order().ToList() is { Count: > 0 } unknown)
        {
            return new TakeOutcome.UnknownProduct(unknown);
        }

        var missing = products
            .Select(product => new MissingStock(product.Id, quantities[product.Id], product.Available))
            .Where(line => line.Available < line.Requested)
            .ToList();
        if (missing.Count > 0)
        {
            return new TakeOutcome.OutOfStock(missing);
        }

        var lines = products
            .Select(product => new StockReservationLine
            {
                OrderNumber = orderNumber,
                ProductId = product.Id,
                Name = product.Name,
                Price = product.Price,
                Quantity = quantities[product.Id],
            })
            .ToList();
        var total = lines.Sum(line => line.Price * line.Quantity);
        return wish switch
        {
            { ExpectedTotal: { } expected } when expected != total => new TakeOutcome.PriceChanged(lines),
            { LeastTotal: { } least } when total < least => new TakeOutcome.TotalTooSmall(lines),
            _ => new TakeOutcome.Taken(
                lines,
                products.ToDictionary(product => product.Id, product => product.Stock - quantities[product.Id])
            ),
        };
    }

    /// <param name="reservation">Null if there is none.</param>
    public static ReturnDecision Return(StockReservationStatus? reservation) =>
        reservation switch
        {
            StockReservationStatus.Taken => ReturnDecision.GiveBack,
            null => ReturnDecision.Close,
            _ => ReturnDecision.Nothing,
        };

    /// <param name="earlier">The entry of an earlier try of the same request, if any.</param>
    public static AdjustOutcome Adjust(Product product, StockAdjustment adjustment, StockMovement? earlier)
    {
        if (earlier is not null)
        {
            var isTheSame =
                earlier.Kind == StockMovementKind.Adjusted
                && (earlier.ProductId, earlier.Change, earlier.Reason)
                    == (product.Id, adjustment.Change, adjustment.Reason);
            return isTheSame ? new AdjustOutcome.Replayed(product) : new AdjustOutcome.KeyReused();
        }

        return (product.Stock + adjustment.Change) switch
        {
            < 0 => new AdjustOutcome.TooLow(product.Stock),
            > Product.MaxStock => new AdjustOutcome.TooHigh(),
            _ => new AdjustOutcome.Adjusted(product),
        };
    }
}

internal abstract record AdjustOutcome
{
    private AdjustOutcome() { }

    public sealed record Adjusted(Product Product) : AdjustOutcome;

    /// <summary>It was entered before.</summary>
    public sealed record Replayed(Product Product) : AdjustOutcome;

    /// <summary>The idempotency key belongs to another change.</summary>
    public sealed record KeyReused : AdjustOutcome;

    /// <summary>Less is in stock than would go out.</summary>
    public sealed record TooLow(int Stock) : AdjustOutcome;

    /// <summary>More than a stock may hold.</summary>
    public sealed record TooHigh : AdjustOutcome;
}

internal abstract record TakeOutcome
{
    /// <summary>The order has it, now or from an earlier call, with what was left of each product then.</summary>
    public sealed record Taken(IReadOnlyList<StockReservationLine> Lines, IReadOnlyDictionary<long, int> Left)
        : TakeOutcome;

    /// <summary>Too little is in stock. Nothing was taken.</summary>
    public sealed record OutOfStock(IReadOnlyList<MissingStock> Items) : TakeOutcome;

    /// <summary>The lines cost something else than expected. Nothing was taken.</summary>
    public sealed record PriceChanged(IReadOnlyList<StockReservationLine> Lines) : TakeOutcome;

    /// <summary>The lines cost too little. Nothing was taken.</summary>
    public sealed record TotalTooSmall(IReadOnlyList<StockReservationLine> Lines) : TakeOutcome;

    /// <summary>No such products. Nothing was taken.</summary>
    public sealed record UnknownProduct(IReadOnlyList<long> ProductIds) : TakeOutcome;

    /// <summary>The order has returned its stock, or was refused.</summary>
    public sealed record Closed : TakeOutcome;
}

/// <summary>A product with less stock than an order asks for.</summary>
public sealed record MissingStock(long ProductId, int Requested, int Available);

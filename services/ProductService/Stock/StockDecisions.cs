using MsaShop.ProductService.Catalogue;

namespace MsaShop.ProductService.Stock;

/// <param name="ExpectedTotal">What it must cost, in won; null for anything.</param>
/// <param name="LeastTotal">The least it must cost, in won; null for anything.</param>
internal sealed record StockWish(
    IReadOnlyDictionary<long, int> Quantities,
    decimal? ExpectedTotal = null,
    decimal? LeastTotal = null
);

/// <param name="Reference">Identifies the request.</param>
internal sealed record StockAdjustment(int Change, string? Reason, string Reference, long UserId);

internal enum ReturnDecision
{
    /// <summary>The stock goes back, and the order's number is closed.</summary>
    GiveBack,

    /// <summary>Nothing was taken. The order's number is closed, so that a late take takes nothing.</summary>
    Close,

    /// <summary>Returned before.</summary>
    Nothing,
}

/// <summary>Decides on stock from the locked products alone.</summary>
internal static class StockDecisions
{
    /// <param name="products">By id, without those that do not exist.</param>
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

    public sealed record Replayed(Product Product) : AdjustOutcome;

    public sealed record KeyReused : AdjustOutcome;

    public sealed record TooLow(int Stock) : AdjustOutcome;

    public sealed record TooHigh : AdjustOutcome;
}

/// <summary>Unless <see cref="Taken"/>, this call took nothing.</summary>
internal abstract record TakeOutcome
{
    /// <summary>Taken now or by an earlier call, with what was left of each product then.</summary>
    public sealed record Taken(IReadOnlyList<StockReservationLine> Lines, IReadOnlyDictionary<long, int> Left)
        : TakeOutcome;

    public sealed record OutOfStock(IReadOnlyList<MissingStock> Items) : TakeOutcome;

    public sealed record PriceChanged(IReadOnlyList<StockReservationLine> Lines) : TakeOutcome;

    public sealed record TotalTooSmall(IReadOnlyList<StockReservationLine> Lines) : TakeOutcome;

    public sealed record UnknownProduct(IReadOnlyList<long> ProductIds) : TakeOutcome;

    /// <summary>The order's number is closed: its stock was returned, or it was refused.</summary>
    public sealed record Closed : TakeOutcome;
}

public sealed record MissingStock(long ProductId, int Requested, int Available);

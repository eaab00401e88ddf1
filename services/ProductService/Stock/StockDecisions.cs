using MsaShop.ProductService.Catalogue;

namespace MsaShop.ProductService.Stock;

/// <summary>What an order wants.</summary>
/// <param name="Quantities">How many of which product.</param>
/// <param name="ExpectedTotal">What all of it may cost, neither more nor less; null if it may cost anything.</param>
/// <param name="LeastTotal">What all of it must cost at least; null if it may cost anything.</param>
internal sealed record StockWish(
    IReadOnlyDictionary<long, int> Quantities,
    decimal? ExpectedTotal = null,
    decimal? LeastTotal = null
);

/// <summary>How an administrator changes a stock.</summary>
/// <param name="Change">How many more there are to be.</param>
/// <param name="Reason">Why.</param>
/// <param name="Reference">Tells the request from all others.</param>
/// <param name="UserId">The administrator.</param>
internal sealed record StockAdjustment(int Change, string? Reason, string Reference, long UserId);

/// <summary>What becomes of what an order has taken, when it gives its stock back.</summary>
internal enum ReturnDecision
{
    /// <summary>It goes back, and the order's number is closed.</summary>
    GiveBack,

    /// <summary>There is nothing; the order's number is closed, so that a take that comes late takes nothing.</summary>
    Close,

    /// <summary>It has gone back before.</summary>
    Nothing,
}

/// <summary>Decides what stock moves, from the locked products alone.</summary>
internal static class StockDecisions
{
    /// <summary>Whether an order gets all that it wants.</summary>
    /// <param name="orderNumber">The order's number.</param>
    /// <param name="wish">What it wants.</param>
    /// <param name="products">The products, by id, as far as there are such.</param>
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

    /// <summary>What becomes of what an order has taken, when it gives it back.</summary>
    /// <param name="reservation">How its reservation stands; null if there is none.</param>
    public static ReturnDecision Return(StockReservationStatus? reservation) =>
        reservation switch
        {
            StockReservationStatus.Taken => ReturnDecision.GiveBack,
            null => ReturnDecision.Close,
            _ => ReturnDecision.Nothing,
        };

    /// <summary>Whether a stock changes as an administrator says.</summary>
    /// <param name="product">The product.</param>
    /// <param name="adjustment">The change.</param>
    /// <param name="earlier">What the same request has entered before, if it came before.</param>
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

/// <summary>What comes of a change of a stock.</summary>
internal abstract record AdjustOutcome
{
    private AdjustOutcome() { }

    /// <summary>It is entered.</summary>
    public sealed record Adjusted(Product Product) : AdjustOutcome;

    /// <summary>It was entered before.</summary>
    public sealed record Replayed(Product Product) : AdjustOutcome;

    /// <summary>The idempotency key belongs to another change.</summary>
    public sealed record KeyReused : AdjustOutcome;

    /// <summary>There are fewer than are to go.</summary>
    public sealed record TooLow(int Stock) : AdjustOutcome;

    /// <summary>There would be more than a stock may be.</summary>
    public sealed record TooHigh : AdjustOutcome;
}

/// <summary>How taking an order's stock ended.</summary>
internal abstract record TakeOutcome
{
    /// <summary>The order has it, now or since an earlier call; and how many of each product were left then.</summary>
    public sealed record Taken(IReadOnlyList<StockReservationLine> Lines, IReadOnlyDictionary<long, int> Left)
        : TakeOutcome;

    /// <summary>There is less than it wants. Nothing was taken.</summary>
    public sealed record OutOfStock(IReadOnlyList<MissingStock> Items) : TakeOutcome;

    /// <summary>The lines cost something else than expected. Nothing was taken.</summary>
    public sealed record PriceChanged(IReadOnlyList<StockReservationLine> Lines) : TakeOutcome;

    /// <summary>The lines cost too little. Nothing was taken.</summary>
    public sealed record TotalTooSmall(IReadOnlyList<StockReservationLine> Lines) : TakeOutcome;

    /// <summary>There are no such products. Nothing was taken.</summary>
    public sealed record UnknownProduct(IReadOnlyList<long> ProductIds) : TakeOutcome;

    /// <summary>The order has given its stock back, or was refused.</summary>
    public sealed record Closed : TakeOutcome;
}

/// <summary>A product of which an order wants more than there is.</summary>
public sealed record MissingStock(long ProductId, int Requested, int Available);

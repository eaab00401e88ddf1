using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.ProductService.Catalogue;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.ProductService.Stock;

/// <summary>
/// Takes stock for orders and takes it back, each in one transaction that the order's number identifies: whoever comes
/// second with the same number waits for the first, and finds what it left.
/// </summary>
internal sealed class OrderStock(
    ProductDbContext context,
    ProductLock products,
    StockMetrics metrics,
    TimeProvider time,
    ILogger<OrderStock> logger
)
{
    /// <summary>
    /// Takes all that the order wants, or nothing: then its number is closed, so that the same question takes nothing
    /// either, should it come once more when there is enough.
    /// </summary>
    /// <param name="quantities">How many of which product.</param>
    /// <param name="expectedTotal">What all of it may cost, neither more nor less; null if it may cost anything.</param>
    /// <param name="leastTotal">What all of it must cost at least; null if it may cost anything.</param>
    public async Task<TakeOutcome> TakeAsync(
        string orderNumber,
        IReadOnlyDictionary<long, int> quantities,
        decimal? expectedTotal,
        decimal? leastTotal,
        CancellationToken cancellationToken
    )
    {
        var tries = 0;
        var outcome = await context.TransactBatchedAsync(
            // Taking it once more does no harm.
            async (transaction, token) =>
                // The first try takes it for new: if it is not, storing it fails with a duplicate key, and the next looks.
                (tries++ > 0 ? await FindEarlierAsync(orderNumber, token) : null)
                ?? await TakeOnceAsync(transaction, orderNumber, quantities, expectedTotal, leastTotal, token),
            cancellationToken
        );
        if (
            outcome is not (TakeOutcome.Taken or TakeOutcome.Closed)
            && !await CloseAsync(orderNumber, cancellationToken)
            && await FindEarlierAsync(orderNumber, cancellationToken) is TakeOutcome.Taken earlier
        )
        {
            // What is refused now had been taken before.
            outcome = earlier;
        }

        if (outcome is TakeOutcome.OutOfStock { Items: var items })
        {
            metrics.Conflict(items.Count);
            logger.LogInformation("Order {OrderNumber} wants more than there is: {Items}", orderNumber, items);
        }

        return outcome;
    }

    /// <summary>
    /// Takes back what the order took, once, and closes the order's number: a take that was still under way when its
    /// order was given up finds the door shut.
    /// </summary>
    public Task<bool> ReturnAsync(string orderNumber, CancellationToken cancellationToken) =>
        context.TransactAsync(token => ReturnOnceAsync(orderNumber, token), cancellationToken);

    private async Task<TakeOutcome> TakeOnceAsync(
        BatchedTransaction transaction,
        string orderNumber,
        IReadOnlyDictionary<long, int> quantities,
        decimal? expectedTotal,
        decimal? leastTotal,
        CancellationToken cancellationToken
    )
    {
        var wanted = await ProductLock.LockStocksAsync(transaction, [.. quantities.Keys], cancellationToken);
        if (quantities.Keys.Except(wanted.Select(product => product.Id)).Order().ToList() is { Count: > 0 } unknown)
        {
            return new TakeOutcome.UnknownProduct(unknown);
        }

        var missing = wanted
            .Select(product => new MissingStock(product.Id, quantities[product.Id], product.Available))
            .Where(line => line.Available < line.Requested)
            .ToList();
        if (missing.Count > 0)
        {
            return new TakeOutcome.OutOfStock(missing);
        }

        var lines = wanted
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
        if (expectedTotal is not null && expectedTotal != total)
        {
            return new TakeOutcome.PriceChanged(lines);
        }

        if (total < leastTotal)
        {
            return new TakeOutcome.TotalTooSmall(lines);
        }

        Write(transaction, orderNumber, wanted, lines);
        return new TakeOutcome.Taken(
            lines,
            wanted.ToDictionary(product => product.Id, product => product.Stock - quantities[product.Id])
        );
    }

    private void Write(
        BatchedTransaction transaction,
        string orderNumber,
        IReadOnlyList<LockedStock> products,
        IReadOnlyList<StockReservationLine> lines
    )
    {
        var now = time.GetStorableNow();
        transaction.Write(
            $"""
            INSERT INTO stock_reservations (order_number, status, created_at, updated_at)
            VALUES ({orderNumber}, {StockReservationStatus.Taken.ToWord()}, {now}, {now})
            """
        );
        foreach (var (product, line) in products.Zip(lines))
        {
            var left = product.Stock - line.Quantity;
            transaction.Write(
                $"""
                INSERT INTO stock_reservation_lines (order_number, product_id, name, price, quantity)
                VALUES ({orderNumber}, {line.ProductId}, {line.Name}, {line.Price}, {line.Quantity})
                """
            );
            transaction.Write(
                $"""
                INSERT INTO stock_movements (product_id, kind, quantity, stock_after, reference, created_at)
                VALUES ({line.ProductId}, {StockMovementKind.Taken.ToWord()}, {-line.Quantity}, {left}, {orderNumber}, {now})
                """
            );
            // What it is less by, not what is left: the last line of defence is that no stock may be below zero.
            transaction.Write(
                $"""
                UPDATE products
                SET stock = stock - {line.Quantity}, status = {Product.StatusOf(left).ToWord()}, updated_at = {now}
                WHERE id = {line.ProductId}
                """
            );
        }
    }

    /// <summary>Closes a number that has taken nothing.</summary>
    /// <returns>Whether it was closed here; if not, it had taken something, or was closed already.</returns>
    private async Task<bool> CloseAsync(string orderNumber, CancellationToken cancellationToken)
    {
        var now = time.GetStorableNow();
        var closed = await context.ExecuteStatementAsync(
            $"""
            INSERT IGNORE INTO stock_reservations (order_number, status, created_at, updated_at)
            VALUES ({orderNumber}, {StockReservationStatus.Returned.ToWord()}, {now}, {now})
            """,
            cancellationToken
        );
        return closed > 0;
    }

    /// <summary>What the order took, or that it is closed; null if it never came.</summary>
    private async Task<TakeOutcome?> FindEarlierAsync(string orderNumber, CancellationToken cancellationToken) =>
        await context
            .StockReservations.AsNoTracking()
            .Include(take => take.Lines.OrderBy(line => line.ProductId))
            .SingleOrDefaultAsync(take => take.OrderNumber == orderNumber, cancellationToken) switch
        {
            null => null,
            { Status: StockReservationStatus.Taken } earlier => new TakeOutcome.Taken(
                earlier.Lines,
                await FindLeftAsync(orderNumber, cancellationToken)
            ),
            _ => new TakeOutcome.Closed(),
        };

    /// <summary>How many the order left of each product when it took its own.</summary>
    private Task<Dictionary<long, int>> FindLeftAsync(string orderNumber, CancellationToken cancellationToken) =>
        context
            .StockMovements.Where(movement =>
                movement.Reference == orderNumber && movement.Kind == StockMovementKind.Taken
            )
            .ToDictionaryAsync(movement => movement.ProductId, movement => movement.StockAfter, cancellationToken);

    private async Task<bool> ReturnOnceAsync(string orderNumber, CancellationToken cancellationToken)
    {
        var now = time.GetStorableNow();
        var found = await context
            .StockReservations.FromSql(
                $"SELECT * FROM stock_reservations WHERE order_number = {orderNumber} FOR UPDATE"
            )
            .ToListAsync(cancellationToken);
        switch (found)
        {
            case [{ Status: StockReservationStatus.Taken } take]:
                await context.Entry(take).Collection(take => take.Lines).LoadAsync(cancellationToken);
                var taken = await products.LockAsync([.. take.Lines.Select(line => line.ProductId)], cancellationToken);
                context.StockMovements.AddRange(
                    take.Lines.Select(line =>
                        StockMovement.Returned(taken[line.ProductId], line.Quantity, orderNumber, now)
                    )
                );
                take.Status = StockReservationStatus.Returned;
                take.UpdatedAt = now;
                break;
            case []:
                context.StockReservations.Add(
                    new StockReservation
                    {
                        OrderNumber = orderNumber,
                        Status = StockReservationStatus.Returned,
                        CreatedAt = now,
                        UpdatedAt = now,
                    }
                );
                break;
            default:
                return false;
        }

        return true;
    }
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

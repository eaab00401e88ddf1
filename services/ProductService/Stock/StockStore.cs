using System.Runtime.CompilerServices;
using MsaShop.ProductService.Catalogue;

namespace MsaShop.ProductService.Stock;

/// <summary>
/// Takes and returns stock for orders. Each call is one transaction, keyed by the order's number: a second call with
/// the same number waits for the first, and finds its result.
/// </summary>
internal sealed class StockStore(
    ProductDbContext database,
    StockMetrics metrics,
    TimeProvider time,
    ILogger<StockStore> logger
)
{
    /// <summary>
    /// Takes all that the order asks for, or nothing: then its number is closed, so that a repeated call takes nothing
    /// either, even if there is enough by then.
    /// </summary>
    public async Task<TakeOutcome> TakeAsync(string orderNumber, StockWish wish, CancellationToken cancellationToken)
    {
        var tries = 0;
        var outcome = await database.TransactBatchedAsync(
            // Safe to repeat.
            async (transaction, token) =>
                // The first try assumes a new order: if it is not, the insert fails with a duplicate key, and the retry
                // looks.
                (tries++ > 0 ? await FindEarlierAsync(orderNumber, token) : null)
                ?? await TakeOnceAsync(transaction, orderNumber, wish, token),
            cancellationToken
        );
        if (
            outcome is not (TakeOutcome.Taken or TakeOutcome.Closed)
            && !await CloseAsync(orderNumber, cancellationToken)
            && await FindEarlierAsync(orderNumber, cancellationToken) is TakeOutcome.Taken earlier
        )
        {
            // What is refused now had been taken by an earlier call.
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
    /// Returns what the order took, once, and closes its number: a take still under way when its order was abandoned takes
    /// nothing.
    /// </summary>
    public Task<bool> ReturnAsync(string orderNumber, CancellationToken cancellationToken) =>
        database.TransactAsync(token => ReturnOnceAsync(orderNumber, token), cancellationToken);

    private async Task<TakeOutcome> TakeOnceAsync(
        BatchedTransaction transaction,
        string orderNumber,
        StockWish wish,
        CancellationToken cancellationToken
    )
    {
        var wanted = await transaction.ReadAsync(
            ProductLock.Of(LockedStock.Columns, [.. wish.Quantities.Keys]),
            LockedStock.Read,
            cancellationToken
        );
        var outcome = StockDecisions.Take(orderNumber, wish, wanted);
        if (outcome is TakeOutcome.Taken taken)
        {
            Write(transaction, orderNumber, wanted, taken.Lines);
        }

        return outcome;
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
            // Subtracts rather than sets: as the last line of defence, the table refuses a stock below zero.
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
    /// <returns>False if it had taken something, or was closed already.</returns>
    private async Task<bool> CloseAsync(string orderNumber, CancellationToken cancellationToken)
    {
        var now = time.GetStorableNow();
        var closed = await database.ExecuteStatementAsync(
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
        await database
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

    /// <summary>What was left of each product when the order took its own.</summary>
    private Task<Dictionary<long, int>> FindLeftAsync(string orderNumber, CancellationToken cancellationToken) =>
        database
            .StockMovements.Where(movement =>
                movement.Reference == orderNumber && movement.Kind == StockMovementKind.Taken
            )
            .ToDictionaryAsync(movement => movement.ProductId, movement => movement.StockAfter, cancellationToken);

    private async Task<bool> ReturnOnceAsync(string orderNumber, CancellationToken cancellationToken)
    {
        var now = time.GetStorableNow();
        var found = await database
            .StockReservations.FromSql(
                $"SELECT * FROM stock_reservations WHERE order_number = {orderNumber} FOR UPDATE"
            )
            .ToListAsync(cancellationToken);
        switch (StockDecisions.Return(found is [var known] ? known.Status : null))
        {
            case ReturnDecision.GiveBack:
                var reservation = found[0];
                await database.Entry(reservation).Collection(take => take.Lines).LoadAsync(cancellationToken);
                var taken = await database.LockProductsAsync(
                    [.. reservation.Lines.Select(line => line.ProductId)],
                    cancellationToken
                );
                database.StockMovements.AddRange(
                    reservation.Lines.Select(line =>
                        StockMovement.Returned(taken[line.ProductId], line.Quantity, orderNumber, now)
                    )
                );
                (reservation.Status, reservation.UpdatedAt) = (StockReservationStatus.Returned, now);
                break;
            case ReturnDecision.Close:
                database.StockReservations.Add(
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

    /// <summary>Takes effect once per request.</summary>
    /// <returns>Null if there is no such product.</returns>
    public Task<AdjustOutcome?> AdjustAsync(
        long productId,
        StockAdjustment adjustment,
        CancellationToken cancellationToken
    )
    {
        StockMovement? entered = null;
        return database.TransactAsync<AdjustOutcome?>(
            async token =>
            {
                if (
                    (await database.LockProductsAsync([productId], token)).GetValueOrDefault(productId)
                    is not { } product
                )
                {
                    return null;
                }

                var earlier = await database
                    .StockMovements.AsNoTracking()
                    .FirstOrDefaultAsync(movement => movement.Reference == adjustment.Reference, token);
                var outcome = StockDecisions.Adjust(product, adjustment, earlier);
                switch (outcome)
                {
                    case AdjustOutcome.Replayed when earlier!.Id == entered?.Id:
                        // This request's own entry, from a commit whose answer was lost.
                        return new AdjustOutcome.Adjusted(product);
                    case AdjustOutcome.Adjusted:
                        entered = StockMovement.Adjusted(
                            product,
                            adjustment.Change,
                            adjustment.Reference,
                            adjustment.Reason,
                            adjustment.UserId,
                            time.GetStorableNow()
                        );
                        database.StockMovements.Add(entered);
                        break;
                }

                return outcome;
            },
            cancellationToken
        );
    }
}

/// <summary>Locks products in the order of their ids, so that orders with the same products never deadlock.</summary>
internal static class ProductLock
{
    /// <summary>Reads products for update; other writers wait until the transaction ends.</summary>
    public static Task<Dictionary<long, Product>> LockProductsAsync(
        this ProductDbContext database,
        IReadOnlyCollection<long> ids,
        CancellationToken cancellationToken
    ) => database.Products.FromSql(Of("*", ids)).ToDictionaryAsync(product => product.Id, cancellationToken);

    public static FormattableString Of(string columns, IReadOnlyCollection<long> ids)
    {
        var placeholders = string.Join(',', ids.Select((_, index) => $"{{{index}}}"));
        return FormattableStringFactory.Create(
            $"SELECT {columns} FROM products WHERE id IN ({placeholders}) ORDER BY id FOR UPDATE",
            [.. ids.Cast<object>()]
        );
    }
}

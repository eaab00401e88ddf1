using System.Data.Common;
using MsaShop.OrderService.Events;
using MsaShop.OrderService.Orders;
using MsaShop.OrderService.Stock;

namespace MsaShop.OrderService.Placing;

/// <summary>Begins and ends placements. A placement ends once: the second to end it finds it ended.</summary>
internal sealed class PlacementStore(OrderDbContext database, TimeProvider time)
{
    /// <returns>The answer to a repeated request, or else the shopper's unpaid goods before this placement.</returns>
    public async Task<(PlacingOutcome? Repeated, UnpaidGoods Unpaid)> BeginAsync(
        OrderPlacement placement,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var (inserted, unpaid) = await TryInsertAsync(placement, cancellationToken);
            if (inserted)
            {
                return (null, unpaid);
            }

            if (await FindRivalAsync(placement, cancellationToken) is not { } earlier)
            {
                continue;
            }

            if (earlier.OrderNumber == placement.OrderNumber)
            {
                return (earlier.State == PlacementState.Running ? null : new PlacingOutcome.Undone(), unpaid);
            }

            if (PlacementTransitions.Repeat(earlier, placement.RequestHash) is { } repeated)
            {
                return (repeated, unpaid);
            }

            await ReleaseKeyAsync(earlier, cancellationToken);
        }
    }

    /// <summary>
    /// Stores the order and ends its placement, in one transaction. Lines, event and answer contain the order's id, so
    /// they follow its insert.
    /// </summary>
    /// <param name="order">Gets its id here.</param>
    /// <param name="answer">Creates the answer once the order has its id.</param>
    /// <returns>
    /// Null if the placement had already ended, and nothing was written: abandoned, or ended by an earlier try whose
    /// commit came through late.
    /// </returns>
    public Task<RecordedAnswer?> PlaceAsync(Order order, Func<Order, Task<RecordedAnswer>> answer) =>
        database.TransactBatchedAsync(
            async (transaction, token) =>
            {
                WriteOrder(transaction, order);
                if (await transaction.SendAsync(token) == 0)
                {
                    // Somebody else has ended it.
                    transaction.Abandon();
                    return null;
                }

                order.Id = transaction.LastInsertedId;
                WriteItems(transaction, order);
                transaction.WriteEvent(OrderEvent.Placed(order));
                var recorded = await answer(order);
                WriteEnd(transaction, order.OrderNumber, PlacementTransitions.Place, recorded);
                return recorded;
            },
            CancellationToken.None,
            wasDone: token => HasEndedAsync(order.OrderNumber, PlacementTransitions.Place, token)
        );

    /// <param name="returnStock">Whether it may have taken stock.</param>
    /// <returns>Null if the placement had already ended, and nothing was written.</returns>
    public Task<RecordedAnswer?> RefuseAsync(string orderNumber, RecordedAnswer answer, bool returnStock) =>
        database.TransactBatchedAsync(
            async (transaction, token) =>
            {
                WriteEnd(transaction, orderNumber, PlacementTransitions.Refuse, answer);
                if (await transaction.SendAsync(token) == 0)
                {
                    // Somebody else has ended it.
                    transaction.Abandon();
                    return null;
                }

                if (returnStock)
                {
                    transaction.EnqueueStockReturn(orderNumber);
                }

                return answer;
            },
            CancellationToken.None,
            wasDone: token => HasEndedAsync(orderNumber, PlacementTransitions.Refuse, token)
        );

    /// <summary>The answer of a placement that has ended; null if it was abandoned or is running.</summary>
    public async Task<RecordedAnswer?> FindAnswerAsync(string orderNumber)
    {
        var placement = await database
            .Placements.AsNoTracking()
            .FirstOrDefaultAsync(p => p.OrderNumber == orderNumber, CancellationToken.None);
        return placement?.Answer is { } answer ? answer with { Replayed = false } : null;
    }

    /// <returns>False if it had already ended.</returns>
    public Task<bool> AbandonAsync(string orderNumber, bool returnStock) =>
        AbandonAsync(
            $"SELECT 1 FROM order_placements WHERE order_number = {orderNumber} AND state = 'RUNNING' FOR UPDATE",
            orderNumber,
            PlacementTransitions.Abandon,
            returnStock,
            CancellationToken.None
        );

    /// <summary>Abandons a placement whose lease is over, unless somebody is just ending it.</summary>
    public Task<bool> AbandonOverdueAsync(string orderNumber, CancellationToken cancellationToken) =>
        AbandonAsync(
            $"""
            SELECT 1 FROM order_placements
            WHERE order_number = {orderNumber} AND state = 'RUNNING' AND lease_until < {time.GetStorableNow()}
            FOR UPDATE SKIP LOCKED
            """,
            orderNumber,
            PlacementTransitions.Recover,
            returnStock: true,
            cancellationToken
        );

    private Task<bool> AbandonAsync(
        FormattableString find,
        string orderNumber,
        PlacementTransition end,
        bool returnStock,
        CancellationToken cancellationToken
    ) =>
        database.TransactBatchedAsync(
            async (transaction, token) =>
            {
                if (await transaction.ReadAsync(find, row => row.GetInt32(0), token) is [])
                {
                    return false;
                }

                WriteEnd(transaction, orderNumber, end, answer: null);
                if (returnStock)
                {
                    transaction.EnqueueStockReturn(orderNumber);
                }

                return true;
            },
            cancellationToken,
            wasDone: token => HasEndedAsync(orderNumber, end, token)
        );

    private Task<bool> HasEndedAsync(
        string orderNumber,
        PlacementTransition end,
        CancellationToken cancellationToken
    ) => database.Placements.AnyAsync(p => p.OrderNumber == orderNumber && p.State == end.To, cancellationToken);

    /// <summary>The placement in the way: itself, if the answer to its insert was lost, or one with its key.</summary>
    private async Task<OrderPlacement?> FindRivalAsync(OrderPlacement placement, CancellationToken cancellationToken)
    {
        var placements = database.Placements.AsNoTracking();
        return await placements.FirstOrDefaultAsync(p => p.OrderNumber == placement.OrderNumber, cancellationToken)
            ?? await placements.FirstOrDefaultAsync(
                p => p.UserId == placement.UserId && p.IdempotencyKey == placement.IdempotencyKey,
                cancellationToken
            );
    }

    /// <summary>Frees the key of an abandoned placement for the next one.</summary>
    private Task<int> ReleaseKeyAsync(OrderPlacement earlier, CancellationToken cancellationToken) =>
        database
            .Placements.Where(p => p.OrderNumber == earlier.OrderNumber && p.State == PlacementState.Abandoned)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.IdempotencyKey, (string?)null), cancellationToken);

    /// <summary>
    /// Inserts the placement unless its key is taken, without asking first: nearly always the key is free. A shopper's
    /// placements begin one after another, so that each counts those before it, however many come at once.
    /// </summary>
    private Task<(bool Inserted, UnpaidGoods Unpaid)> TryInsertAsync(
        OrderPlacement placement,
        CancellationToken cancellationToken
    ) =>
        database.TransactBatchedAsync(
            // After a lost commit, a retry finds its own row in the way.
            async (transaction, _) =>
            {
                transaction.Write(
                    $"INSERT INTO shoppers (user_id) VALUES ({placement.UserId}) ON DUPLICATE KEY UPDATE user_id = user_id"
                );
                transaction.Write(
                    $"""
                    INSERT IGNORE INTO order_placements
                        (order_number, user_id, idempotency_key, request_hash, wanted, state, trace_parent, lease_until,
                         created_at, updated_at)
                    VALUES
                        ({placement.OrderNumber}, {placement.UserId}, {placement.IdempotencyKey}, {placement.RequestHash},
                         {placement.Wanted}, {placement.State.ToWord()}, {placement.TraceParent}, {placement.LeaseUntil},
                         {placement.CreatedAt}, {placement.UpdatedAt})
                    """
                );
                return UnpaidGoods.Of(await transaction.ReadAndCommitAsync(FindUnpaid(placement), ReadUnpaid));
            },
            cancellationToken
        );

    /// <summary>
    /// The shopper's unpaid goods, and whether the statement before has inserted the placement. Orders and placements are
    /// read at one moment.
    /// </summary>
    private static FormattableString FindUnpaid(OrderPlacement placement) =>
        $"""
            SELECT NULL AS order_id, NULL AS product_id, ROW_COUNT() AS quantity, NULL AS wanted
            UNION ALL
            SELECT o.id, i.product_id, i.quantity, NULL
            FROM orders o JOIN order_items i ON i.order_id = o.id
            WHERE o.user_id = {placement.UserId} AND o.status = 'PENDING'
            UNION ALL
            SELECT NULL, NULL, 0, COALESCE(wanted, '')
            FROM order_placements
            WHERE user_id = {placement.UserId} AND state = 'RUNNING' AND order_number <> {placement.OrderNumber}
            """;

    private static UnpaidGoods.Row ReadUnpaid(DbDataReader row) =>
        new(
            row.IsDBNull(0) ? null : row.GetInt64(0),
            row.IsDBNull(1) ? null : row.GetInt64(1),
            row.GetInt32(2),
            row.IsDBNull(3) ? null : row.GetString(3)
        );

    /// <summary>Inserts the order if its placement is running, and locks the placement.</summary>
    private static void WriteOrder(BatchedTransaction transaction, Order order) =>
        transaction.Write(
            $"""
            INSERT INTO orders
                (order_number, user_id, email, status, total_price, payment_method, recipient_name, recipient_phone,
                 recipient_postal_code, recipient_address1, recipient_address2, depositor_name, pay_by, created_at,
                 updated_at)
            SELECT order_number, {order.UserId}, {order.Email}, {order.Status.ToWord()}, {order.TotalPrice},
                {order.PaymentMethod.ToWord()}, {order.Recipient?.Name}, {order.Recipient?.Phone},
                {order.Recipient?.PostalCode}, {order.Recipient?.Address1}, {order.Recipient?.Address2},
                {order.DepositorName}, {order.PayBy}, {order.CreatedAt}, {order.UpdatedAt}
            FROM order_placements
            WHERE order_number = {order.OrderNumber} AND state = 'RUNNING'
            FOR UPDATE
            """
        );

    private static void WriteItems(BatchedTransaction transaction, Order order)
    {
        foreach (var item in order.Items)
        {
            transaction.Write(
                $"""
                INSERT INTO order_items (order_id, product_id, product_name, price, quantity)
                VALUES ({order.Id}, {item.ProductId}, {item.ProductName}, {item.Price}, {item.Quantity})
                """
            );
        }
    }

    /// <summary>Ends a placement that is running.</summary>
    private void WriteEnd(
        BatchedTransaction transaction,
        string orderNumber,
        PlacementTransition end,
        RecordedAnswer? answer
    ) =>
        transaction.Write(
            $"""
            UPDATE order_placements
            SET state = {end.To!.Value.ToWord()}, answer_status = {answer?.Status}, answer_location = {answer?.Location},
                answer_body = {answer?.Body}, updated_at = {time.GetStorableNow()}
            WHERE order_number = {orderNumber} AND state = {end.From.Single().ToWord()}
            """
        );
}

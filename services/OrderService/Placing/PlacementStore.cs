using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.OrderService.Events;
using MsaShop.OrderService.Orders;
using MsaShop.OrderService.Stock;
using MsaShop.Outbox;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Placing;

/// <summary>Begins and ends placements. A placement ends once: who comes second finds it ended.</summary>
internal sealed class PlacementStore(OrderDbContext database, TimeProvider time)
{
    /// <summary>Stores that an order is about to be placed.</summary>
    /// <returns>
    /// The placement, with what its shopper had not paid when it came; or, where the key was used before, the earlier one,
    /// whatever has become of it.
    /// </returns>
    public async Task<(OrderPlacement Placement, bool Begun, UnpaidGoods Unpaid)> BeginAsync(
        OrderPlacement placement,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var (inserted, unpaid) = await TryInsertAsync(placement, cancellationToken);
            if (inserted)
            {
                return (placement, Begun: true, unpaid);
            }

            if (await FindRivalAsync(placement, cancellationToken) is not { } earlier)
            {
                continue;
            }

            if (earlier.State != PlacementState.Abandoned || earlier.RequestHash != placement.RequestHash)
            {
                return (earlier, Begun: earlier.OrderNumber == placement.OrderNumber, unpaid);
            }

            await ReleaseKeyAsync(earlier, cancellationToken);
        }
    }

    /// <summary>
    /// Ends a placement with its order, in one transaction: the order's lines, the event and the answer tell its id, which the
    /// database gives, and come after it.
    /// </summary>
    /// <param name="order">The order; it gets its id here.</param>
    /// <param name="answer">Says the answer, once the order has its id.</param>
    /// <returns>
    /// The answer; null if the placement had ended already, and nothing was done: given up by somebody, or by an earlier try of this
    /// one, whose commit came when it had been looked for.
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
                WriteEnd(transaction, order.OrderNumber, PlacementState.Placed, recorded);
                return recorded;
            },
            CancellationToken.None,
            wasDone: token => HasEndedAsync(order.OrderNumber, PlacementState.Placed, token)
        );

    /// <summary>Ends a placement without an order.</summary>
    /// <param name="orderNumber">The number that the order would have had.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="returnStock">Whether stock may have been taken that has to go back.</param>
    /// <returns>The answer; null if the placement had ended already, and nothing was done.</returns>
    public Task<RecordedAnswer?> RefuseAsync(string orderNumber, RecordedAnswer answer, bool returnStock) =>
        database.TransactBatchedAsync(
            async (transaction, token) =>
            {
                WriteEnd(transaction, orderNumber, PlacementState.Refused, answer);
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
            wasDone: token => HasEndedAsync(orderNumber, PlacementState.Refused, token)
        );

    /// <summary>The answer with which a placement has ended; null if it has been given up, or still runs.</summary>
    public async Task<RecordedAnswer?> FindAnswerAsync(string orderNumber)
    {
        var placement = await database
            .Placements.AsNoTracking()
            .FirstOrDefaultAsync(p => p.OrderNumber == orderNumber, CancellationToken.None);
        return placement?.Answer is { } answer ? answer with { Replayed = false } : null;
    }

    /// <summary>Gives a placement up, and has its stock returned if any may have been taken.</summary>
    /// <returns>Whether it was given up here; if not, it had ended already.</returns>
    public Task<bool> AbandonAsync(string orderNumber, bool returnStock) =>
        AbandonAsync(
            $"SELECT 1 FROM order_placements WHERE order_number = {orderNumber} AND state = 'RUNNING' FOR UPDATE",
            orderNumber,
            returnStock,
            CancellationToken.None
        );

    /// <summary>Gives a placement up whose lease is over. One that somebody is ending right now is left to them.</summary>
    /// <returns>Whether it was given up here.</returns>
    public Task<bool> AbandonOverdueAsync(string orderNumber, CancellationToken cancellationToken) =>
        AbandonAsync(
            $"""
            SELECT 1 FROM order_placements
            WHERE order_number = {orderNumber} AND state = 'RUNNING' AND lease_until < {time.GetStorableNow()}
            FOR UPDATE SKIP LOCKED
            """,
            orderNumber,
            returnStock: true,
            cancellationToken
        );

    private Task<bool> AbandonAsync(
        FormattableString find,
        string orderNumber,
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

                WriteEnd(transaction, orderNumber, PlacementState.Abandoned, answer: null);
                if (returnStock)
                {
                    transaction.EnqueueStockReturn(orderNumber);
                }

                return true;
            },
            cancellationToken,
            wasDone: token => HasEndedAsync(orderNumber, PlacementState.Abandoned, token)
        );

    private Task<bool> HasEndedAsync(string orderNumber, PlacementState state, CancellationToken cancellationToken) =>
        database.Placements.AnyAsync(p => p.OrderNumber == orderNumber && p.State == state, cancellationToken);

    /// <summary>What was in the placement's way: itself, where the answer to its insert was lost, or one with its key.</summary>
    private async Task<OrderPlacement?> FindRivalAsync(OrderPlacement placement, CancellationToken cancellationToken)
    {
        var placements = database.Placements.AsNoTracking();
        return await placements.FirstOrDefaultAsync(p => p.OrderNumber == placement.OrderNumber, cancellationToken)
            ?? await placements.FirstOrDefaultAsync(
                p => p.UserId == placement.UserId && p.IdempotencyKey == placement.IdempotencyKey,
                cancellationToken
            );
    }

    /// <summary>Frees the key of a placement that failed, for the one that is about to begin.</summary>
    private Task<int> ReleaseKeyAsync(OrderPlacement earlier, CancellationToken cancellationToken) =>
        database
            .Placements.Where(p => p.OrderNumber == earlier.OrderNumber && p.State == PlacementState.Abandoned)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.IdempotencyKey, (string?)null), cancellationToken);

    /// <summary>
    /// Inserts it, unless its key is taken: nothing is asked before, for nearly always it is free. A shopper's placements come
    /// one after another, each with a look at those before it: however many come at once, each counts for all that follow.
    /// </summary>
    private Task<(bool Inserted, UnpaidGoods Unpaid)> TryInsertAsync(
        OrderPlacement placement,
        CancellationToken cancellationToken
    ) =>
        database.TransactBatchedAsync(
            // Done again, it finds itself in its own way.
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
    /// What the placement's shopper has not paid, and whether the statement before has inserted the placement. What is placed and what
    /// is being placed is found as of one moment.
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

    /// <summary>The order, if its placement still runs, which nobody else ends from here on.</summary>
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

    /// <summary>The end of a placement that still runs.</summary>
    private void WriteEnd(
        BatchedTransaction transaction,
        string orderNumber,
        PlacementState state,
        RecordedAnswer? answer
    ) =>
        transaction.Write(
            $"""
            UPDATE order_placements
            SET state = {state.ToWord()}, answer_status = {answer?.Status}, answer_location = {answer?.Location},
                answer_body = {answer?.Body}, updated_at = {time.GetStorableNow()}
            WHERE order_number = {orderNumber} AND state = 'RUNNING'
            """
        );
}

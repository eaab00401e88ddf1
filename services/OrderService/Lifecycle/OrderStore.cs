using System.Data.Common;
using System.Runtime.CompilerServices;
using MsaShop.OrderService.Events;
using MsaShop.OrderService.Orders;
using MsaShop.OrderService.Stock;

namespace MsaShop.OrderService.Lifecycle;

/// <param name="Sql">The condition that finds the order.</param>
/// <param name="LeavesLocked">Whether an order that another transaction has locked counts as not found.</param>
internal sealed record OrderKey(FormattableString Sql, bool LeavesLocked = false)
{
    public static OrderKey Of(string orderNumber) => new($"order_number = {orderNumber}");

    public static OrderKey Of(long id) => new($"id = {id}");

    /// <summary>Only the shopper's own.</summary>
    public static OrderKey Of(long id, long userId) => new($"id = {id} AND user_id = {userId}");
}

internal abstract record OrderOutcome
{
    private OrderOutcome() { }

    /// <summary>Changed as requested, or left as it is.</summary>
    /// <param name="Order">Without its recipient and lines.</param>
    public sealed record Done(Order Order, OrderDecision Decision, OutboxMessage? StockReturn = null) : OrderOutcome;

    public sealed record Refused(Order Order, OrderRefusal Why) : OrderOutcome;

    public sealed record NotFound : OrderOutcome;
}

/// <summary>
/// Stores what <see cref="OrderTransitions"/> decides. A change is written under the order's lock, in one transaction with
/// history, event and message.
/// </summary>
internal sealed class OrderStore(
    OrderDbContext database,
    OrderMetrics metrics,
    TimeProvider time,
    ILogger<OrderStore> logger
)
{
    private const string Columns =
        "id, order_number, user_id, email, status, total_price, payment_method, depositor_name, pay_by, payment_hold, "
        + "payment_id, created_at, updated_at, hold_attempt, by_hand, deposit_seen_at";

    public async Task<OrderOutcome> ChangeAsync(
        OrderKey key,
        OrderCommand command,
        CancellationToken cancellationToken
    ) =>
        await TryExpectedAsync(key, command, cancellationToken)
        ?? await ReadAndChangeAsync(key, command, cancellationToken);

    /// <summary>Held orders, by id.</summary>
    /// <param name="before">Only those held since before this time; null for any.</param>
    public Task<List<Order>> FindHeldAsync(
        DateTime? before,
        long after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        // Few orders await their money, and the index has them. By id the server would read every order.
        database
            .Orders.FromSql(
                $"""
                SELECT * FROM orders FORCE INDEX (IX_orders_status_pay_by)
                WHERE status = {OrderStatus.Pending.ToWord()} AND payment_hold IS NOT NULL
                    AND ({before} IS NULL OR payment_hold < {before}) AND id > {after}
                ORDER BY id LIMIT {limit}
                """
            )
            .AsNoTracking()
            .ToListAsync(cancellationToken);

    /// <returns>Null if the order is not as expected; nothing is written then.</returns>
    private async Task<OrderOutcome?> TryExpectedAsync(
        OrderKey key,
        OrderCommand command,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetStorableNow();
        if (
            OrderExpectation.Of(command, now) is not { } expected
            || OrderTransitions.Decide(expected.Order, command, now) is not OrderDecision.Change change
        )
        {
            return null;
        }

        FormattableString[] statements =
        [
            Update(key, change, expected.Conditions),
            FormattableStringFactory.Create(
                $"SELECT {Columns} FROM orders WHERE ROW_COUNT() = 1 AND {key.Sql.Format}",
                key.Sql.GetArguments()
            ),
        ];
        if (change.To is null)
        {
            // One statement needs no transaction. Repeated after a lost answer, it does not find the order as expected.
            var changed = await database.ReadBatchAsync(statements, Read, cancellationToken);
            return changed is [var order] ? new OrderOutcome.Done(order, change) : null;
        }

        return await TransactAsync(
            command,
            async (transaction, token) =>
            {
                transaction.Write(statements[0]);
                var written = await transaction.ReadAsync(statements[1], Read, token);
                return written is [var order]
                    ? new Decided(order, expected.Order.Status, change, IsWritten: true)
                    : null;
            },
            cancellationToken
        );
    }

    private async Task<OrderOutcome> ReadAndChangeAsync(
        OrderKey key,
        OrderCommand command,
        CancellationToken cancellationToken
    )
    {
        var query = FormattableStringFactory.Create(
            $"SELECT {Columns} FROM orders WHERE {key.Sql.Format} FOR UPDATE{(key.LeavesLocked ? " SKIP LOCKED" : "")}",
            key.Sql.GetArguments()
        );
        return await TransactAsync(
                command,
                async (transaction, token) =>
                {
                    var found = await transaction.ReadAsync(query, Read, token);
                    return found is [var order]
                        ? new Decided(
                            order,
                            order.Status,
                            OrderTransitions.Decide(order, command, time.GetStorableNow()),
                            IsWritten: false
                        )
                        : null;
                },
                cancellationToken
            ) ?? new OrderOutcome.NotFound();
    }

    /// <summary>
    /// Decides and writes in one transaction. An order makes each move at most once, so its history shows whether a
    /// commit whose answer was lost came through.
    /// </summary>
    /// <returns>Null if nothing could be decided.</returns>
    private async Task<OrderOutcome?> TransactAsync(
        OrderCommand command,
        Func<BatchedTransaction, CancellationToken, Task<Decided?>> decide,
        CancellationToken cancellationToken
    )
    {
        OrderStatusChange? move = null;
        OrderOutcome? outcome = null;
        await database.TransactBatchedAsync(
            async (transaction, token) =>
            {
                var decided = await decide(transaction, token);
                if (await WasMovedAsync(move, token))
                {
                    // The commit of the try before came through late: what is found now is its result.
                    transaction.Abandon();
                    return outcome;
                }

                (move, outcome) = (null, null);
                switch (decided)
                {
                    case null:
                        transaction.Abandon();
                        break;
                    case { Decision: OrderDecision.Refused(var why) }:
                        outcome = new OrderOutcome.Refused(decided.Order, why);
                        break;
                    case { Decision: OrderDecision.Change change }:
                        (move, outcome) = Write(transaction, decided, change, command.By);
                        break;
                    default:
                        outcome = new OrderOutcome.Done(decided.Order, decided.Decision);
                        break;
                }

                return outcome;
            },
            cancellationToken,
            wasDone: token => WasMovedAsync(move, token)
        );
        if (move is not null && outcome is OrderOutcome.Done { Order: var moved })
        {
            Report(moved, move);
        }

        return outcome;
    }

    private static (OrderStatusChange? Move, OrderOutcome Outcome) Write(
        BatchedTransaction transaction,
        Decided decided,
        OrderDecision.Change change,
        Actor? actor
    )
    {
        var order = decided.Order;
        if (!decided.IsWritten && !change.Writes.All(write => write.IsSo(order)))
        {
            transaction.Write(Update(OrderKey.Of(order.Id), change, conditions: []));
            foreach (var write in change.Writes)
            {
                write.Apply(order);
            }
        }

        if (change.To is null)
        {
            return (null, new OrderOutcome.Done(order, change));
        }

        var move = OrderStatusChange.Of(
            order,
            decided.From,
            actor ?? throw new InvalidOperationException("Nobody moves the order.")
        );
        transaction.Write(
            $"""
            INSERT INTO order_status_changes (order_id, from_status, to_status, actor, user_id, reason, changed_at)
            VALUES ({move.OrderId}, {move.FromStatus.ToWord()}, {move.ToStatus.ToWord()}, {move.Actor.ToWord()},
                {move.UserId}, {move.Reason}, {move.ChangedAt})
            """
        );
        transaction.WriteEvent(OrderEvent.StatusChanged(order, move));
        var stockReturn = change.ReturnsStock ? transaction.EnqueueStockReturn(order.OrderNumber) : null;
        return (move, new OrderOutcome.Done(order, change, stockReturn));
    }

    private static FormattableString Update(
        OrderKey key,
        OrderDecision.Change change,
        IReadOnlyList<OrderCondition> conditions
    ) =>
        UpdateStatement.Of(
            "orders",
            change.Writes.Select(write => (write.Column, write.Value)),
            [key.Sql, .. conditions.Select(condition => condition.Sql)]
        );

    private async Task<bool> WasMovedAsync(OrderStatusChange? move, CancellationToken cancellationToken) =>
        move is not null
        && await database.StatusChanges.AnyAsync(
            stored =>
                stored.OrderId == move.OrderId
                && stored.ToStatus == move.ToStatus
                && stored.Actor == move.Actor
                && stored.UserId == move.UserId
                && stored.ChangedAt == move.ChangedAt,
            cancellationToken
        );

    private void Report(Order order, OrderStatusChange move)
    {
        metrics.Moved(move.FromStatus, move.ToStatus);
        logger.LogInformation(
            "Order {OrderNumber}: {From} to {To} by {Actor} {UserId}",
            order.OrderNumber,
            move.FromStatus,
            move.ToStatus,
            move.Actor,
            move.UserId
        );
    }

    private static Order Read(DbDataReader row) =>
        new()
        {
            Id = row.GetInt64(0),
            OrderNumber = row.GetString(1),
            UserId = row.GetInt64(2),
            Email = row.GetString(3),
            Status = EnumWords.Parse<OrderStatus>(row.GetString(4))!.Value,
            TotalPrice = row.GetDecimal(5),
            PaymentMethod = EnumWords.Parse<PaymentMethod>(row.GetString(6))!.Value,
            DepositorName = row.IsDBNull(7) ? null : row.GetString(7),
            PayBy = row.GetUtc(8),
            PaymentHold = row.IsDBNull(9) ? null : row.GetUtc(9),
            PaymentId = row.IsDBNull(10) ? null : row.GetInt64(10),
            CreatedAt = row.GetUtc(11),
            UpdatedAt = row.GetUtc(12),
            HoldAttempt = row.IsDBNull(13) ? null : row.GetInt64(13),
            ByHand = row.IsDBNull(14) ? null : row.GetString(14),
            DepositSeenAt = row.IsDBNull(15) ? null : row.GetUtc(15),
        };

    /// <summary><c>IsWritten</c>: the order has been updated already.</summary>
    private sealed record Decided(Order Order, OrderStatus From, OrderDecision Decision, bool IsWritten);
}

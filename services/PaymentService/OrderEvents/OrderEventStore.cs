namespace MsaShop.PaymentService.OrderEvents;

/// <param name="IsDone">Whether it has had its effect; if not, another process was quicker, or it is set aside.</param>
internal sealed record EventResult(bool IsDone, PaymentOutcome? Outcome = null);

/// <summary>
/// Stores the effects of order-svc's events together with the feed's cursor, so that each has its effect once, and sets
/// aside events that cannot have theirs. The cursor's lock keeps others from the feed.
/// </summary>
internal sealed class OrderEventStore(
    PaymentDbContext database,
    PaymentStore payments,
    TimeProvider time,
    ILogger<OrderEventStore> logger
)
{
    private const string Feed = "orders";

    public async Task<long> GetPositionAsync(CancellationToken cancellationToken)
    {
        var position = await database
            .EventCursors.Where(cursor => cursor.Feed == Feed)
            .Select(cursor => (long?)cursor.Position)
            .SingleOrDefaultAsync(cancellationToken);
        if (position is { } read)
        {
            return read;
        }

        await database.ExecuteStatementAsync(
            $"""
            INSERT INTO event_cursors (feed, position, updated_at) VALUES ({Feed}, 0, {time.GetStorableNow()})
            ON DUPLICATE KEY UPDATE feed = feed
            """,
            cancellationToken
        );
        return await GetPositionAsync(cancellationToken);
    }

    /// <summary>Moves the cursor past events that mean nothing here.</summary>
    public Task PassAsync(long position, CancellationToken cancellationToken) =>
        database.TransactBatchedAsync(
            (transaction, token) => MoveToAsync(transaction, position, token),
            cancellationToken
        );

    /// <summary>Sets the event aside if it is not understood, or if an earlier one of its order is set aside.</summary>
    /// <param name="order">Null unless it had to be asked for (<see cref="UnknownOrders"/>).</param>
    public Task<EventResult> HandleAsync(
        OrderEvent orderEvent,
        OrderEventEffect effect,
        ShopOrder? order,
        CancellationToken cancellationToken
    ) =>
        database.TransactBatchedAsync(
            async (transaction, token) =>
            {
                if (await MoveToAsync(transaction, orderEvent.Position, token) >= orderEvent.Position)
                {
                    return new EventResult(IsDone: false);
                }

                var why = (effect as OrderEventEffect.NotUnderstood)?.Why;
                if (why is null && (await FindWaitingAsync([orderEvent.OrderId], token)).Count == 0)
                {
                    return await DoAsync(transaction, orderEvent, effect, order, token);
                }

                SetAside(transaction, orderEvent, why);
                return new EventResult(IsDone: false);
            },
            cancellationToken
        );

    /// <summary>
    /// For events that only announce money, or a card's payment: together they cost hardly more than one.
    /// </summary>
    /// <param name="together">Oldest first.</param>
    /// <returns>Those that have had their effect.</returns>
    public Task<List<OrderEvent>> HandleAsync(
        IReadOnlyList<(OrderEvent Event, OrderEventEffect Effect)> together,
        CancellationToken cancellationToken
    ) =>
        database.TransactBatchedAsync(
            async (transaction, token) =>
            {
                var before = await MoveToAsync(transaction, together[^1].Event.Position, token);
                var fresh = together.Where(one => one.Event.Position > before).ToList();
                var waiting = await FindWaitingAsync([.. fresh.Select(one => one.Event.OrderId)], token);
                var done = new List<OrderEvent>();
                foreach (var (orderEvent, effect) in fresh)
                {
                    if (waiting.Contains(orderEvent.OrderId))
                    {
                        SetAside(transaction, orderEvent, why: null);
                    }
                    else
                    {
                        await DoAsync(transaction, orderEvent, effect, order: null, token);
                        done.Add(orderEvent);
                    }
                }

                return done;
            },
            cancellationToken
        );

    public Task<EventResult> HandleSetAsideAsync(
        OrderEvent orderEvent,
        OrderEventEffect effect,
        ShopOrder? order,
        CancellationToken cancellationToken
    ) =>
        database.TransactBatchedAsync(
            async (transaction, token) =>
            {
                await LockAsync(transaction, token);
                transaction.Write($"DELETE FROM set_aside_events WHERE position = {orderEvent.Position}");
                return await transaction.SendAsync(token) == 0
                    // Another process was quicker.
                    ? new EventResult(IsDone: false)
                    : await DoAsync(transaction, orderEvent, effect, order, token);
            },
            cancellationToken
        );

    /// <summary>Which of the orders have a card's payment; their confirmation came from it.</summary>
    public async Task<HashSet<long>> FindPaidByCardAsync(
        IReadOnlyList<long> orderIds,
        CancellationToken cancellationToken
    ) =>
        orderIds.Count == 0
            ? []
            : await database
                .Payments.Where(payment => payment.Method == PaymentMethod.Card && orderIds.Contains(payment.OrderId))
                .Select(payment => payment.OrderId)
                .ToHashSetAsync(cancellationToken);

    /// <summary>The oldest of the order's events that are set aside.</summary>
    public Task<SetAsideEvent?> FindFirstAsync(long orderId, CancellationToken cancellationToken) =>
        database
            .SetAsideEvents.AsNoTracking()
            .Where(waiting => waiting.OrderId == orderId)
            .OrderBy(waiting => waiting.Position)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Records why an event still has no effect; it may only have waited for another so far.</summary>
    public Task ExplainAsync(long position, string why, CancellationToken cancellationToken) =>
        database
            .SetAsideEvents.Where(waiting => waiting.Position == position && waiting.Why != why)
            .ExecuteUpdateAsync(waiting => waiting.SetProperty(w => w.Why, why), cancellationToken);

    private async Task<EventResult> DoAsync(
        BatchedTransaction transaction,
        OrderEvent orderEvent,
        OrderEventEffect effect,
        ShopOrder? order,
        CancellationToken cancellationToken
    )
    {
        switch (effect)
        {
            case OrderEventEffect.Expect { Order: { PaymentMethod: PaymentMethod.BankTransfer } placed }:
                transaction.WriteFirst(placed.ToPayment(orderEvent, time.GetStorableNow()));
                break;
            case OrderEventEffect.Expect { Order: var placed }:
                transaction.WriteAwaited(orderEvent, placed);
                break;
            case OrderEventEffect.Forget:
                transaction.DeleteAwaited(orderEvent.OrderNumber);
                break;
            case OrderEventEffect.Confirm confirm:
                PaymentKey key = order is { PaymentMethod: PaymentMethod.BankTransfer }
                    ? new PaymentKey.OfOrderOrNew(order)
                    : new PaymentKey.OfOrder(orderEvent.OrderId);
                var confirmed = new PaymentCommand.OrderConfirmed(confirm.Move.ToActor("Order confirmed"));
                return await ChangeAsync(transaction, orderEvent, key, confirmed, cancellationToken);
            case OrderEventEffect.Cancel cancel:
                return await ChangeAsync(
                    transaction,
                    orderEvent,
                    new PaymentKey.OfOrder(orderEvent.OrderId),
                    new PaymentCommand.OrderCancelled(cancel.Move.ToActor("Order cancelled")),
                    cancellationToken
                );
        }

        return new EventResult(IsDone: true);
    }

    private async Task<EventResult> ChangeAsync(
        BatchedTransaction transaction,
        OrderEvent orderEvent,
        PaymentKey key,
        PaymentCommand command,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetStorableNow();
        var outcome = await payments.ChangeAsync(transaction, key, command, now, cancellationToken);
        if (outcome?.Payment.Method != PaymentMethod.BankTransfer)
        {
            transaction.DeleteAwaited(orderEvent.OrderNumber);
        }

        return new EventResult(IsDone: true, outcome);
    }

    /// <summary>Moves the cursor, and locks the feed until the transaction ends.</summary>
    /// <returns>Where the cursor was: another process has handled what came up to there.</returns>
    private async Task<long> MoveToAsync(
        BatchedTransaction transaction,
        long position,
        CancellationToken cancellationToken
    )
    {
        var before = await LockAsync(transaction, cancellationToken);
        if (before < position)
        {
            transaction.Write(
                $"UPDATE event_cursors SET position = {position}, updated_at = {time.GetStorableNow()} WHERE feed = {Feed}"
            );
        }

        return before;
    }

    private static async Task<long> LockAsync(BatchedTransaction transaction, CancellationToken cancellationToken) =>
        (
            await transaction.ReadAsync(
                $"SELECT position FROM event_cursors WHERE feed = {Feed} FOR UPDATE",
                row => row.GetInt64(0),
                cancellationToken
            )
        ).Single();

    /// <summary>Which of the orders have an event set aside. The cursor must be locked.</summary>
    private async Task<HashSet<long>> FindWaitingAsync(
        IReadOnlyList<long> orderIds,
        CancellationToken cancellationToken
    ) =>
        orderIds.Count == 0
            ? []
            : await database
                .SetAsideEvents.Where(waiting => orderIds.Contains(waiting.OrderId))
                .Select(waiting => waiting.OrderId)
                .Distinct()
                .ToHashSetAsync(cancellationToken);

    /// <param name="why">Null where it waits for one before it.</param>
    private void SetAside(BatchedTransaction transaction, OrderEvent orderEvent, string? why)
    {
        var row = SetAsideEvent.Of(orderEvent, why, time.GetStorableNow());
        // A feed that is read again finds it set aside already.
        transaction.Write(
            $"""
            INSERT INTO set_aside_events
                (position, type, order_id, order_number, occurred_at, trace_parent, data, why, set_aside_at)
            VALUES
                ({row.Position}, {row.Type}, {row.OrderId}, {row.OrderNumber}, {row.OccurredAt}, {row.TraceParent},
                 {row.Data}, {row.Why}, {row.SetAsideAt})
            ON DUPLICATE KEY UPDATE position = set_aside_events.position
            """
        );
        if (why is null)
        {
            logger.LogWarning(
                "Event {Position} of order {OrderNumber} waits for one before it, which is set aside",
                row.Position,
                row.OrderNumber
            );
        }
        else
        {
            logger.LogError(
                "Event {Position} of order {OrderNumber} ({Type}) is set aside: {Why}",
                row.Position,
                row.OrderNumber,
                row.Type,
                row.Why
            );
        }
    }
}

internal static class AwaitedCardStatements
{
    public static void WriteAwaited(this BatchedTransaction transaction, OrderEvent orderEvent, PlacedOrder order) =>
        transaction.Write(
            $"""
            INSERT INTO awaited_cards (order_number, order_id, user_id, amount, placed_at)
            VALUES ({orderEvent.OrderNumber}, {orderEvent.OrderId}, {order.UserId}, {order.TotalPrice},
                {orderEvent.OccurredAt})
            ON DUPLICATE KEY UPDATE order_number = awaited_cards.order_number
            """
        );

    public static void DeleteAwaited(this BatchedTransaction transaction, string orderNumber) =>
        transaction.Write($"DELETE FROM awaited_cards WHERE order_number = {orderNumber}");
}

using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.OrderService.Events;
using MsaShop.OrderService.Stock;
using MsaShop.Outbox;

namespace MsaShop.OrderService.Orders;

/// <summary>Changes orders one writer at a time: whoever comes second waits, and judges by what the first has left.</summary>
public sealed class OrderLock(
    OrderDbContext database,
    OrderMetrics metrics,
    TimeProvider time,
    ILogger<OrderLock> logger
)
{
    /// <summary>Changes an order in one transaction with all that follows from it.</summary>
    /// <param name="find">Finds and locks the order: SQL for its row, <c>FOR UPDATE</c>.</param>
    /// <param name="change">What to do. It may run several times, of which one at most counts.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What <paramref name="change"/> says; null if there is no such order.</returns>
    public async Task<T?> ChangeAsync<T>(
        FormattableString find,
        Func<LockedOrder, T> change,
        CancellationToken cancellationToken
    )
        where T : class
    {
        LockedOrder? locked = null;
        T? outcome = null;
        await database.TransactAsync(
            async token =>
            {
                var found = await database.Orders.FromSql(find).ToListAsync(token);
                if (await WasMovedAsync(locked?.Move, token))
                {
                    // The commit of the try before has come after all, late: what is found now is what that has done.
                    return outcome;
                }

                (locked, outcome) = (null, null);
                if (found is not [var order])
                {
                    return null;
                }

                locked = new LockedOrder(order, database, time.GetStorableNow());
                outcome = change(locked);
                await database.SaveChangesAsync(token);
                return outcome;
            },
            wasDone: token => WasMovedAsync(locked?.Move, token),
            cancellationToken
        );
        if (locked?.Move is { } move)
        {
            Report(locked.Order, move);
        }

        return outcome;
    }

    /// <summary>
    /// Moves an order in one transaction, without a look at it first: what most moves of a kind find as it has to be.
    /// </summary>
    /// <param name="orderNumber">The order's number.</param>
    /// <param name="update">Moves the order's row, if it is as it has to be, and writes down when.</param>
    /// <param name="from">Where it is, if it is so.</param>
    /// <param name="mover">Who wants it moved.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The order, as it is since; null where it was not so, and nothing was done.</returns>
    internal async Task<Order?> TryMoveAsync(
        string orderNumber,
        FormattableString update,
        OrderStatus from,
        Mover mover,
        CancellationToken cancellationToken
    )
    {
        OrderStatusChange? move = null;
        Order? moved = null;
        await database.TransactBrieflyAsync(
            async (transaction, token) =>
            {
                transaction.Write(update);
                var found = await transaction.ReadAsync(OrderRow.FindUpdated(orderNumber), OrderRow.Read, token);
                if (found is not [var order])
                {
                    transaction.Abandon();
                    // Unless the commit of a try before has come after all, late.
                    return moved = await WasMovedAsync(move, token) ? moved : null;
                }

                moved = order;
                move = OrderStatusChange.Of(order, from, mover);
                transaction.WriteChange(move);
                transaction.WriteEvent(OrderEvent.StatusChanged(order, move));
                return order;
            },
            wasDone: token => WasMovedAsync(move, token),
            cancellationToken
        );
        if (moved is not null)
        {
            Report(moved, move!);
        }

        return moved;
    }

    /// <summary>An order makes a move once at most, so the history tells. All else may be done again.</summary>
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
}

/// <summary>An order that nobody else changes until the transaction ends. It makes one move at most.</summary>
public sealed class LockedOrder(Order order, OrderDbContext database, DateTime now)
{
    /// <summary>The order.</summary>
    public Order Order => order;

    /// <summary>The time of the transaction.</summary>
    public DateTime Now => now;

    /// <summary>The move that was made, if any.</summary>
    internal OrderStatusChange? Move { get; private set; }

    /// <summary>The stock that has to go back, if any.</summary>
    internal OutboxMessage? StockReturn { get; private set; }

    /// <summary>Moves the order, and writes down who did it and what has to follow.</summary>
    internal void MoveTo(OrderStatus to, Mover mover)
    {
        var from = order.Status;
        if (!OrderStatusMoves.Allow(from, to))
        {
            throw new InvalidOperationException($"An order does not move from {from} to {to}.");
        }

        order.Status = to;
        order.UpdatedAt = now;
        Move = OrderStatusChange.Of(order, from, mover);
        database.StatusChanges.Add(Move);
        database.Events.Add(OrderEvent.StatusChanged(order, Move));
        if (to == OrderStatus.Cancelled)
        {
            StockReturn = database.Enqueue(new ReturnStock(order.OrderNumber), key: order.OrderNumber);
        }
    }
}

using Microsoft.EntityFrameworkCore;
using MsaShop.OrderService.Stock;
using MsaShop.ServiceDefaults.Data;

namespace MsaShop.OrderService.Orders;

/// <summary>What comes of the wish to move an order.</summary>
public abstract record MoveOutcome
{
    private MoveOutcome() { }

    /// <summary>The order has moved.</summary>
    public sealed record Moved : MoveOutcome;

    /// <summary>There is no such order, or it is someone else's.</summary>
    public sealed record NotFound : MoveOutcome;

    /// <summary>The order cannot go there from where it is.</summary>
    /// <param name="From">Where it is.</param>
    public sealed record Illegal(OrderStatus From) : MoveOutcome;
}

/// <summary>Who wants an order moved, and why.</summary>
/// <param name="Actor">In which role.</param>
/// <param name="UserId">The user, if it is one.</param>
/// <param name="Reason">Why, in their words.</param>
public sealed record Mover(OrderActor Actor, long? UserId, string? Reason);

/// <summary>Moves orders from one status to another: the one place that does.</summary>
public sealed class OrderStatusChanger(
    OrderDbContext database,
    StockReturns returns,
    OrderMetrics metrics,
    TimeProvider time,
    ILogger<OrderStatusChanger> logger
)
{
    /// <summary>Moves one of these orders.</summary>
    /// <param name="visible">The orders that the mover may move.</param>
    /// <param name="id">The order's id.</param>
    /// <param name="to">Where to.</param>
    /// <param name="mover">Who wants it.</param>
    /// <param name="cancellationToken">Counts until the order has moved.</param>
    public async Task<MoveOutcome> MoveAsync(
        IQueryable<Order> visible,
        long id,
        OrderStatus to,
        Mover mover,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            var order = await visible
                .Where(order => order.Id == id)
                .Select(order => new { order.OrderNumber, order.Status })
                .FirstOrDefaultAsync(cancellationToken);
            if (order is null)
            {
                return new MoveOutcome.NotFound();
            }

            var from = order.Status;
            if (!OrderStatusMoves.Allow(from, to))
            {
                return new MoveOutcome.Illegal(from);
            }

            if (await TryMoveAsync(id, from, to, mover, cancellationToken))
            {
                metrics.Moved(from, to);
                logger.LogInformation(
                    "Order {OrderNumber}: {From} to {To} by {Actor} {UserId}",
                    order.OrderNumber,
                    from,
                    to,
                    mover.Actor,
                    mover.UserId
                );
                if (to == OrderStatus.Cancelled)
                {
                    await returns.ReturnAsync(order.OrderNumber);
                }

                return new MoveOutcome.Moved();
            }

            // Someone else moved it in between: judge again by where it is now. Moves only go forward, so this ends.
        }
    }

    /// <summary>Moves the order if it still is where it was, and writes the history in the same transaction.</summary>
    private async Task<bool> TryMoveAsync(
        long id,
        OrderStatus from,
        OrderStatus to,
        Mover mover,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetStorableNow();
        var moved = false;
        await database
            .Database.CreateExecutionStrategy()
            .ExecuteInTransactionAsync(
                async token =>
                {
                    database.ChangeTracker.Clear();
                    moved =
                        await database
                            .Orders.Where(order => order.Id == id && order.Status == from)
                            .ExecuteUpdateAsync(
                                set => set.SetProperty(o => o.Status, to).SetProperty(o => o.UpdatedAt, now),
                                token
                            ) == 1;
                    if (moved)
                    {
                        database.StatusChanges.Add(
                            new OrderStatusChange
                            {
                                OrderId = id,
                                FromStatus = from,
                                ToStatus = to,
                                Actor = mover.Actor,
                                UserId = mover.UserId,
                                Reason = mover.Reason,
                                ChangedAt = now,
                            }
                        );
                        await database.SaveChangesAsync(token);
                    }
                },
                // An order makes a move once at most, so the row tells whether a commit without an answer came through.
                token =>
                    database.StatusChanges.AnyAsync(
                        stored =>
                            stored.OrderId == id
                            && stored.ToStatus == to
                            && stored.UserId == mover.UserId
                            && stored.ChangedAt == now,
                        token
                    ),
                cancellationToken
            );
        return moved;
    }
}

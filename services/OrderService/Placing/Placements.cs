using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MsaShop.Data;
using MsaShop.OrderService.Events;
using MsaShop.OrderService.Orders;
using MsaShop.OrderService.Stock;
using MsaShop.Outbox;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.OrderService.Placing;

/// <summary>Begins and ends placements. A placement ends once: who comes second finds it ended.</summary>
public sealed class Placements(OrderDbContext database, IOptions<PlacementTerms> terms, TimeProvider time)
{
    /// <summary>Stores that an order is about to be placed.</summary>
    /// <returns>
    /// The placement, with what its shopper had not paid when it came; or, where the key was used before, the earlier one,
    /// whatever has become of it.
    /// </returns>
    internal async Task<(OrderPlacement Placement, bool Begun, UnpaidGoods Unpaid)> BeginAsync(
        long userId,
        string? idempotencyKey,
        string requestHash,
        IReadOnlyList<StockLine> lines,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetStorableNow();
        var placement = new OrderPlacement
        {
            OrderNumber = OrderNumber.Create(now),
            UserId = userId,
            IdempotencyKey = idempotencyKey,
            RequestHash = requestHash,
            Wanted = UnpaidGoods.Write(lines),
            TraceParent = Activity.Current?.Id,
            LeaseUntil = now + terms.Value.Lease,
            CreatedAt = now,
            UpdatedAt = now,
        };
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

            if (earlier.State != PlacementState.Abandoned || earlier.RequestHash != requestHash)
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
    /// <param name="placement">The placement, as it was begun.</param>
    /// <param name="create">Creates the order. It may run several times, of which one at most counts.</param>
    /// <param name="answer">Says the answer.</param>
    /// <returns>
    /// The answer; null if the placement had ended already, and nothing was done: given up by somebody, or by an earlier try of this
    /// one, whose commit came when it had been looked for.
    /// </returns>
    public Task<RecordedAnswer?> PlaceAsync(
        OrderPlacement placement,
        Func<Order> create,
        Func<Order, Task<RecordedAnswer>> answer
    ) =>
        database.TransactBrieflyAsync(
            async (transaction, token) =>
            {
                var order = create();
                transaction.WriteOrder(order);
                if (await transaction.SendAsync(token) == 0)
                {
                    // Somebody else has ended it.
                    transaction.Abandon();
                    return null;
                }

                order.Id = transaction.LastInsertedId;
                transaction.WriteItems(order);
                transaction.WriteEvent(OrderEvent.Placed(order));
                var recorded = await answer(order);
                transaction.WritePlaced(placement.OrderNumber, recorded, time.GetStorableNow());
                return recorded;
            },
            wasDone: token => HasEndedAsync(placement.OrderNumber, PlacementState.Placed, token),
            CancellationToken.None
        );

    /// <summary>Ends a placement without an order.</summary>
    /// <param name="placement">The placement, as it was begun.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="returnStock">Whether stock may have been taken that has to go back.</param>
    /// <returns>Whether it was ended here; if not, it had ended already, and nothing was done.</returns>
    public async Task<bool> RefuseAsync(OrderPlacement placement, RecordedAnswer answer, bool returnStock)
    {
        try
        {
            return await TransactAsync(
                placement.OrderNumber,
                PlacementState.Refused,
                async token =>
                {
                    // Not read again: the update insists that it still runs.
                    var ending = placement.Copy();
                    database.Attach(ending);
                    ending.End(PlacementState.Refused, answer, time.GetStorableNow());
                    await SaveAsync(placement.OrderNumber, returnStock, token);
                    return true;
                },
                CancellationToken.None
            );
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else has ended it.
            return false;
        }
    }

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
            $"SELECT * FROM order_placements WHERE order_number = {orderNumber} AND state = 'RUNNING' FOR UPDATE",
            orderNumber,
            returnStock,
            CancellationToken.None
        );

    /// <summary>Gives a placement up whose lease is over. One that somebody is ending right now is left to them.</summary>
    /// <returns>Whether it was given up here.</returns>
    public Task<bool> AbandonOverdueAsync(string orderNumber, CancellationToken cancellationToken) =>
        AbandonAsync(
            $"""
            SELECT * FROM order_placements
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
        TransactAsync(
            orderNumber,
            PlacementState.Abandoned,
            async token =>
            {
                if (await database.Placements.FromSql(find).ToListAsync(token) is not [var placement])
                {
                    return false;
                }

                placement.End(PlacementState.Abandoned, answer: null, time.GetStorableNow());
                await SaveAsync(orderNumber, returnStock, token);
                return true;
            },
            cancellationToken
        );

    private Task<T> TransactAsync<T>(
        string orderNumber,
        PlacementState state,
        Func<CancellationToken, Task<T>> end,
        CancellationToken cancellationToken
    ) => database.TransactAsync(end, wasDone: token => HasEndedAsync(orderNumber, state, token), cancellationToken);

    private Task<bool> HasEndedAsync(string orderNumber, PlacementState state, CancellationToken cancellationToken) =>
        database.Placements.AnyAsync(p => p.OrderNumber == orderNumber && p.State == state, cancellationToken);

    private Task<int> SaveAsync(string orderNumber, bool returnStock, CancellationToken cancellationToken)
    {
        if (returnStock)
        {
            database.Enqueue(new ReturnStock(orderNumber), key: orderNumber);
        }

        return database.SaveChangesAsync(cancellationToken);
    }

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
        database.TransactBrieflyAsync(
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
                return UnpaidGoods.Of(
                    await transaction.ReadAndCommitAsync(UnpaidGoods.Find(placement), UnpaidGoods.Read)
                );
            },
            // Done again, it finds itself in its own way.
            wasDone: _ => Task.FromResult(false),
            cancellationToken
        );
}

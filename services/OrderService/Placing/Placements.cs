using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MsaShop.OrderService.Stock;
using MsaShop.ServiceDefaults.Data;
using MsaShop.ServiceDefaults.Http;
using MsaShop.ServiceDefaults.Outbox;
using MySqlConnector;

namespace MsaShop.OrderService.Placing;

/// <summary>Begins and ends placements. A placement ends once: who comes second finds it ended.</summary>
public sealed class Placements(OrderDbContext database, IOptions<PlacementTerms> terms, TimeProvider time)
{
    /// <summary>Stores that an order is about to be placed.</summary>
    /// <returns>The placement, or, where the key was used before, the earlier one, whatever has become of it.</returns>
    public async Task<(OrderPlacement Placement, bool Begun)> BeginAsync(
        long userId,
        string? idempotencyKey,
        string requestHash,
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
            TraceParent = Activity.Current?.Id,
            LeaseUntil = now + terms.Value.Lease,
            CreatedAt = now,
            UpdatedAt = now,
        };
        while (true)
        {
            if (idempotencyKey is not null && await FindAsync(userId, idempotencyKey, cancellationToken) is { } earlier)
            {
                if (earlier.State != PlacementState.Abandoned || earlier.RequestHash != requestHash)
                {
                    return (earlier, Begun: earlier.OrderNumber == placement.OrderNumber);
                }

                await ReleaseKeyAsync(earlier, cancellationToken);
            }

            if (await TryInsertAsync(placement, cancellationToken))
            {
                return (placement, Begun: true);
            }
        }
    }

    /// <summary>Ends a placement together with what belongs to its end, in one transaction.</summary>
    /// <param name="orderNumber">The placement.</param>
    /// <param name="state">How it ends.</param>
    /// <param name="finish">Does what belongs to the end, and says the answer. It may run several times, of which one at most counts.</param>
    /// <param name="returnStock">Whether stock may have been taken that has to go back.</param>
    /// <returns>The answer; null if the placement had ended already, and nothing was done.</returns>
    public async Task<RecordedAnswer?> EndAsync(
        string orderNumber,
        PlacementState state,
        Func<CancellationToken, Task<RecordedAnswer>> finish,
        bool returnStock = false
    )
    {
        RecordedAnswer? answer = null;
        var ended = await EndAsync(
            $"SELECT * FROM order_placements WHERE order_number = {orderNumber} AND state = 'RUNNING' FOR UPDATE",
            orderNumber,
            state,
            async token => answer = await finish(token),
            returnStock,
            CancellationToken.None
        );
        return ended ? answer : null;
    }

    /// <summary>Gives a placement up, and has its stock returned if any may have been taken.</summary>
    public Task AbandonAsync(string orderNumber, bool returnStock) =>
        EndAsync(
            $"SELECT * FROM order_placements WHERE order_number = {orderNumber} AND state = 'RUNNING' FOR UPDATE",
            orderNumber,
            PlacementState.Abandoned,
            finish: null,
            returnStock,
            CancellationToken.None
        );

    /// <summary>Gives a placement up whose lease is over. One that somebody is ending right now is left to them.</summary>
    /// <returns>Whether it was given up here.</returns>
    public Task<bool> AbandonOverdueAsync(string orderNumber, CancellationToken cancellationToken) =>
        EndAsync(
            $"""
            SELECT * FROM order_placements
            WHERE order_number = {orderNumber} AND state = 'RUNNING' AND lease_until < {time.GetStorableNow()}
            FOR UPDATE SKIP LOCKED
            """,
            orderNumber,
            PlacementState.Abandoned,
            finish: null,
            returnStock: true,
            cancellationToken
        );

    private async Task<bool> EndAsync(
        FormattableString find,
        string orderNumber,
        PlacementState state,
        Func<CancellationToken, Task<RecordedAnswer>>? finish,
        bool returnStock,
        CancellationToken cancellationToken
    )
    {
        return await database.TransactAsync(
            async token =>
            {
                if (await database.Placements.FromSql(find).ToListAsync(token) is not [var placement])
                {
                    return false;
                }

                var answer = finish is null ? null : await finish(token);
                placement.End(state, answer, time.GetStorableNow());
                if (returnStock)
                {
                    database.Enqueue(new ReturnStock(orderNumber), key: orderNumber);
                }

                await database.SaveChangesAsync(token);
                return true;
            },
            wasDone: token =>
                database.Placements.AnyAsync(p => p.OrderNumber == orderNumber && p.State == state, token),
            cancellationToken
        );
    }

    private Task<OrderPlacement?> FindAsync(long userId, string idempotencyKey, CancellationToken cancellationToken) =>
        database
            .Placements.AsNoTracking()
            .FirstOrDefaultAsync(p => p.UserId == userId && p.IdempotencyKey == idempotencyKey, cancellationToken);

    /// <summary>Frees the key of a placement that failed, for the one that is about to begin.</summary>
    private Task<int> ReleaseKeyAsync(OrderPlacement earlier, CancellationToken cancellationToken) =>
        database
            .Placements.Where(p => p.OrderNumber == earlier.OrderNumber && p.State == PlacementState.Abandoned)
            .ExecuteUpdateAsync(set => set.SetProperty(p => p.IdempotencyKey, (string?)null), cancellationToken);

    private async Task<bool> TryInsertAsync(OrderPlacement placement, CancellationToken cancellationToken)
    {
        database.Placements.Add(placement);
        try
        {
            await database.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException exception)
            when (exception.InnerException is MySqlException { ErrorCode: MySqlErrorCode.DuplicateKeyEntry })
        {
            // Either somebody else was quicker with the same key, or the answer to our own insert was lost.
            database.ChangeTracker.Clear();
            return await database.Placements.AnyAsync(p => p.OrderNumber == placement.OrderNumber, cancellationToken);
        }
    }
}

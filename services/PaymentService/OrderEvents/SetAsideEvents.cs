using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Errors;
using MsaShop.ServiceDefaults.Http;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>The events that were set aside. All that is changed about them is changed by whoever holds the feed's cursor.</summary>
internal sealed class SetAsideEvents(
    PaymentDbContext database,
    OrderEventCursor cursor,
    OrderEventEffects effects,
    OrderEventMetrics metrics,
    PaymentMetrics payments,
    TimeProvider time,
    ILogger<SetAsideEvents> logger
)
{
    /// <summary>Whether what went wrong passes by itself: nothing is set aside for it.</summary>
    public static bool Passes(Exception exception) =>
        exception is OperationCanceledException || exception.IsServiceFailure() || exception.IsDatabaseFailure();

    /// <summary>What went wrong, without what the event says of people.</summary>
    public static string Describe(Exception exception) =>
        exception.GetBaseException() switch
        {
            DbException { SqlState: var state } error => $"It could not be done: {error.GetType().Name} {state}.",
            var error => $"It could not be done: {error.GetType().Name}.",
        };

    /// <summary>Those of the orders that have an event set aside, in the current transaction, which holds the cursor.</summary>
    public async Task<HashSet<long>> FindOrdersAsync(
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

    /// <summary>Sets an event aside, in the current transaction, which holds the cursor.</summary>
    /// <param name="orderEvent">The event.</param>
    /// <param name="why">Why; null where it waits for one before it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task AddAsync(OrderEvent orderEvent, string? why, CancellationToken cancellationToken)
    {
        var row = SetAsideEvent.Of(orderEvent, why, time.GetStorableNow());
        // A feed that is read again finds it set aside already.
        await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO set_aside_events
                (position, type, order_id, order_number, occurred_at, trace_parent, data, why, set_aside_at)
            VALUES
                ({row.Position}, {row.Type}, {row.OrderId}, {row.OrderNumber}, {row.OccurredAt}, {row.TraceParent},
                 {row.Data}, {row.Why}, {row.SetAsideAt})
            ON DUPLICATE KEY UPDATE position = set_aside_events.position
            """,
            cancellationToken
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

    /// <summary>Gives the order's events their effects, in their order, as far as they are understood by now.</summary>
    /// <returns>Why the first of them still waits; null if none does.</returns>
    public async Task<string?> TryAgainAsync(long orderId, CancellationToken cancellationToken)
    {
        while (await FindFirstAsync(orderId, cancellationToken) is { } first)
        {
            if (await TryAsync(first.ToEvent(), cancellationToken) is not { } why)
            {
                continue;
            }

            // It may only have waited for one before it so far.
            await database
                .SetAsideEvents.Where(waiting => waiting.Position == first.Position && waiting.Why != why)
                .ExecuteUpdateAsync(waiting => waiting.SetProperty(w => w.Why, why), cancellationToken);
            return why;
        }

        return null;
    }

    /// <returns>Why it still has no effect; null if it has.</returns>
    private async Task<string?> TryAsync(OrderEvent orderEvent, CancellationToken cancellationToken)
    {
        var effect = OrderEventEffect.Of(orderEvent);
        if (effect is OrderEventEffect.NotUnderstood(var why))
        {
            return SetAsideEvent.Cut(why, SetAsideEvent.MaxWhyLength);
        }

        try
        {
            await DoAsync(orderEvent, effect, cancellationToken);
            return null;
        }
        catch (Exception exception) when (!Passes(exception))
        {
            logger.LogError(exception, "Event {Position}, set aside, still has no effect", orderEvent.Position);
            return Describe(exception);
        }
    }

    private Task<SetAsideEvent?> FindFirstAsync(long orderId, CancellationToken cancellationToken) =>
        database
            .SetAsideEvents.AsNoTracking()
            .Where(waiting => waiting.OrderId == orderId)
            .OrderBy(waiting => waiting.Position)
            .FirstOrDefaultAsync(cancellationToken);

    private async Task DoAsync(OrderEvent orderEvent, OrderEventEffect effect, CancellationToken cancellationToken)
    {
        var order = await effects.FindUnknownAsync(orderEvent, effect, cancellationToken);
        Payment? moved = null;
        var isDone = await database.TransactAsync(
            async token =>
            {
                moved = null;
                await cursor.LockAsync(token);
                if (
                    await database
                        .SetAsideEvents.Where(waiting => waiting.Position == orderEvent.Position)
                        .ExecuteDeleteAsync(token) == 0
                )
                {
                    // Somebody else has been quicker.
                    return false;
                }

                moved = await effects.DoAsync(orderEvent, effect, order, token);
                return true;
            },
            cancellationToken
        );
        if (isDone)
        {
            logger.LogInformation(
                "Event {Position} of order {OrderNumber}, set aside, has had its effect",
                orderEvent.Position,
                orderEvent.OrderNumber
            );
            metrics.Handled(orderEvent, time.GetUtcNow().UtcDateTime);
        }

        if (moved is not null)
        {
            payments.Moved(moved);
        }
    }
}

/// <summary>Counts how often the event at which the feed stands has failed, in this process.</summary>
internal sealed class FailedEvents
{
    private const int MaxTries = 10;

    private long _position;
    private int _tries;

    /// <summary>Counts one more failure.</summary>
    /// <returns>Whether the event is to be set aside.</returns>
    public bool IsTooMuch(OrderEvent orderEvent)
    {
        (_position, _tries) = (orderEvent.Position, orderEvent.Position == _position ? _tries + 1 : 1);
        return _tries >= MaxTries;
    }
}

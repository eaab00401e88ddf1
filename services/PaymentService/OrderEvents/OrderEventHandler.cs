using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using MsaShop.Data;
using MsaShop.PaymentService.Orders;
using MsaShop.PaymentService.Payments;
using MsaShop.ServiceDefaults.Errors;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>Gives events their effects. One that cannot have its effect is set aside, so that only its order waits.</summary>
internal sealed class OrderEventHandler(
    PaymentDbContext database,
    OrderEventCursor cursor,
    OrderEventEffects effects,
    SetAsideEvents setAside,
    FailedEvents failures,
    OrderEventMetrics metrics,
    PaymentMetrics payments,
    TimeProvider time
)
{
    private static readonly ActivitySource s_source = new("MsaShop.OrderEvents");

    /// <summary>Stores the events' effects and the cursor, together and once.</summary>
    /// <param name="events">A page of the feed, oldest first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task HandleAsync(IReadOnlyList<OrderEvent> events, CancellationToken cancellationToken)
    {
        var paidByCard = await FindPaidByCardAsync(events, cancellationToken);
        var together = new List<(OrderEvent Event, OrderEventEffect Effect)>();
        var read = false;
        foreach (var orderEvent in events)
        {
            var effect = OrderEventEffect.Of(orderEvent);
            if (effect is OrderEventEffect.Confirm && paidByCard.Contains(orderEvent.OrderId))
            {
                effect = new OrderEventEffect.Forget();
            }

            read = effect is OrderEventEffect.None;
            if (effect is OrderEventEffect.Expect or OrderEventEffect.Forget)
            {
                together.Add((orderEvent, effect));
            }
            else if (!read)
            {
                await HandleTogetherAsync(together, cancellationToken);
                await HandleAsync(orderEvent, effect, cancellationToken);
            }
        }

        await HandleTogetherAsync(together, cancellationToken);
        if (read)
        {
            // The last one has no effect that would have moved the cursor.
            await database.TransactAsync(token => cursor.MoveToAsync(events[^1].Position, token), cancellationToken);
        }
    }

    private async Task HandleAsync(OrderEvent orderEvent, OrderEventEffect effect, CancellationToken cancellationToken)
    {
        try
        {
            await HandleOrSetAsideAsync(orderEvent, effect, cancellationToken);
        }
        catch (Exception exception) when (!SetAsideEvents.Passes(exception) && failures.IsTooMuch(orderEvent))
        {
            await HandleOrSetAsideAsync(
                orderEvent,
                new OrderEventEffect.NotUnderstood(SetAsideEvents.Describe(exception)),
                cancellationToken
            );
        }
    }

    private async Task HandleOrSetAsideAsync(
        OrderEvent orderEvent,
        OrderEventEffect effect,
        CancellationToken cancellationToken
    )
    {
        using var activity = StartActivity(orderEvent);
        var order = await effects.FindUnknownAsync(orderEvent, effect, cancellationToken);
        Payment? moved = null;
        bool? isDone = null;
        await database.TransactAsync(
            async token =>
            {
                (moved, isDone) = (null, null);
                if (await cursor.MoveToAsync(orderEvent.Position, token) >= orderEvent.Position)
                {
                    return;
                }

                var why = (effect as OrderEventEffect.NotUnderstood)?.Why;
                isDone = why is null && (await setAside.FindOrdersAsync([orderEvent.OrderId], token)).Count == 0;
                if (isDone is true)
                {
                    moved = await effects.DoAsync(orderEvent, effect, order, token);
                }
                else
                {
                    await setAside.AddAsync(orderEvent, why, token);
                }
            },
            cancellationToken
        );
        if (isDone is true)
        {
            metrics.Handled(orderEvent, time.GetUtcNow().UtcDateTime);
        }

        if (moved is not null)
        {
            payments.Moved(moved);
        }
    }

    /// <summary>Money is to come, or has come by card. Together they cost hardly more than one, and most events are of this kind.</summary>
    /// <param name="together">The events, oldest first; empty afterwards.</param>
    /// <param name="cancellationToken">Gives up.</param>
    private async Task HandleTogetherAsync(
        List<(OrderEvent Event, OrderEventEffect Effect)> together,
        CancellationToken cancellationToken
    )
    {
        if (together.Count <= 1 || !await TryHandleTogetherAsync(together, cancellationToken))
        {
            foreach (var (orderEvent, effect) in together)
            {
                await HandleAsync(orderEvent, effect, cancellationToken);
            }
        }

        together.Clear();
    }

    /// <returns>
    /// Whether their effects are stored; not if somebody else has been adding one of the payments just then, or one of them
    /// cannot be stored.
    /// </returns>
    private async Task<bool> TryHandleTogetherAsync(
        List<(OrderEvent Event, OrderEventEffect Effect)> together,
        CancellationToken cancellationToken
    )
    {
        var activities = together.Select(one => StartActivity(one.Event)).ToList();
        try
        {
            var done = await database.TransactAsync(
                async token =>
                {
                    var before = await cursor.MoveToAsync(together[^1].Event.Position, token);
                    var fresh = together.Where(one => one.Event.Position > before).ToList();
                    var waiting = await setAside.FindOrdersAsync([.. fresh.Select(one => one.Event.OrderId)], token);
                    foreach (var (orderEvent, _) in fresh.Where(one => waiting.Contains(one.Event.OrderId)))
                    {
                        await setAside.AddAsync(orderEvent, why: null, token);
                    }

                    fresh.RemoveAll(one => waiting.Contains(one.Event.OrderId));
                    await effects.ExpectAsync(
                        fresh
                            .Where(one => one.Effect is OrderEventEffect.Expect)
                            .Select(one => (one.Event, ((OrderEventEffect.Expect)one.Effect).Order)),
                        token
                    );
                    await effects.ForgetAsync(
                        [
                            .. fresh
                                .Where(one => one.Effect is OrderEventEffect.Forget)
                                .Select(one => one.Event.OrderNumber),
                        ],
                        token
                    );
                    return fresh;
                },
                cancellationToken
            );
            done.ForEach(one => metrics.Handled(one.Event, time.GetUtcNow().UtcDateTime));
            return true;
        }
        catch (DbUpdateException exception) when (!exception.IsDatabaseFailure())
        {
            return false;
        }
        finally
        {
            activities.ForEach(activity => activity?.Dispose());
        }
    }

    /// <summary>The orders that have a card's payment: their confirmation came from it, and does nothing to it.</summary>
    private async Task<HashSet<long>> FindPaidByCardAsync(
        IReadOnlyList<OrderEvent> events,
        CancellationToken cancellationToken
    )
    {
        var moved = events.Where(OrderEventEffect.IsMove).Select(orderEvent => orderEvent.OrderId).ToList();
        return moved.Count == 0
            ? []
            : await database
                .Payments.Where(payment => payment.Method == PaymentMethod.Card && moved.Contains(payment.OrderId))
                .Select(payment => payment.OrderId)
                .ToHashSetAsync(cancellationToken);
    }

    /// <summary>One trace from what the shopper or admin did to what it does here.</summary>
    private static Activity? StartActivity(OrderEvent orderEvent) =>
        s_source
            .StartActivity(
                $"event {orderEvent.Type}",
                ActivityKind.Consumer,
                ActivityContext.TryParse(orderEvent.TraceParent, traceState: null, isRemote: true, out var parent)
                    ? parent
                    : default
            )
            ?.SetTag("messaging.message.id", orderEvent.Position);
}

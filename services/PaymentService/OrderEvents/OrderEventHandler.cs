using System.Data.Common;
using System.Diagnostics;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>
/// Gives events their effects. One that cannot have its effect is set aside, so that only its order waits.
/// </summary>
internal sealed class OrderEventHandler(
    OrderEventStore store,
    UnknownOrders unknownOrders,
    FailedEvents failures,
    OrderEventMetrics metrics,
    PaymentReporter reporter
)
{
    private static readonly ActivitySource s_source = new("MsaShop.OrderEvents");

    /// <summary>Stores the effects of a page of the feed, oldest first, and the cursor, together and once.</summary>
    public async Task HandleAsync(IReadOnlyList<OrderEvent> events, CancellationToken cancellationToken)
    {
        var paidByCard = await store.FindPaidByCardAsync(
            [.. events.Where(OrderEventEffect.IsMove).Select(orderEvent => orderEvent.OrderId)],
            cancellationToken
        );
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
            // The last event has no effect that would have moved the cursor.
            await store.PassAsync(events[^1].Position, cancellationToken);
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
        var order = await unknownOrders.FindAsync(orderEvent, effect, cancellationToken);
        var result = await store.HandleAsync(orderEvent, effect, order, cancellationToken);
        if (result.IsDone)
        {
            metrics.Handled(orderEvent);
        }

        reporter.Report(result.Outcome);
    }

    /// <summary>
    /// Events that only announce money, or a card's payment, are most of the feed, and cheap together.
    /// </summary>
    /// <param name="together">Oldest first; empty afterwards.</param>
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

    /// <returns>False if somebody was adding one of the payments just then, or one cannot be stored.</returns>
    private async Task<bool> TryHandleTogetherAsync(
        List<(OrderEvent Event, OrderEventEffect Effect)> together,
        CancellationToken cancellationToken
    )
    {
        var activities = together.Select(one => StartActivity(one.Event)).ToList();
        try
        {
            var done = await store.HandleAsync(together, cancellationToken);
            done.ForEach(metrics.Handled);
            return true;
        }
        catch (DbException exception) when (!exception.IsDatabaseFailure())
        {
            return false;
        }
        finally
        {
            activities.ForEach(activity => activity?.Dispose());
        }
    }

    /// <summary>Continues the trace of what the shopper or administrator did.</summary>
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

using System.Data.Common;

namespace MsaShop.PaymentService.OrderEvents;

/// <summary>Gives events that were set aside their effects.</summary>
internal sealed class SetAsideEvents(
    OrderEventStore store,
    UnknownOrders unknownOrders,
    OrderEventMetrics metrics,
    PaymentReporter reporter,
    ILogger<SetAsideEvents> logger
)
{
    /// <summary>Whether the failure passes by itself: nothing is set aside for it.</summary>
    public static bool Passes(Exception exception) =>
        exception is OperationCanceledException || exception.IsServiceFailure() || exception.IsDatabaseFailure();

    /// <summary>What went wrong, without the event's personal data.</summary>
    public static string Describe(Exception exception) =>
        exception.GetBaseException() switch
        {
            DbException { SqlState: var state } error => $"It could not be done: {error.GetType().Name} {state}.",
            var error => $"It could not be done: {error.GetType().Name}.",
        };

    /// <summary>Gives an order's events their effects, in their order, as far as they are understood by now.</summary>
    /// <returns>Why the first of them still waits; null if none does.</returns>
    public async Task<string?> TryAgainAsync(long orderId, CancellationToken cancellationToken)
    {
        while (await store.FindFirstAsync(orderId, cancellationToken) is { } first)
        {
            if (await TryAsync(first.ToEvent(), cancellationToken) is not { } why)
            {
                continue;
            }

            await store.ExplainAsync(first.Position, why, cancellationToken);
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
            return why.Cut(SetAsideEvent.MaxWhyLength);
        }

        try
        {
            var order = await unknownOrders.FindAsync(orderEvent, effect, cancellationToken);
            var result = await store.HandleSetAsideAsync(orderEvent, effect, order, cancellationToken);
            if (result.IsDone)
            {
                logger.LogInformation(
                    "Event {Position} of order {OrderNumber}, set aside, has had its effect",
                    orderEvent.Position,
                    orderEvent.OrderNumber
                );
                metrics.Handled(orderEvent);
            }

            reporter.Report(result.Outcome);
            return null;
        }
        catch (Exception exception) when (!Passes(exception))
        {
            logger.LogError(exception, "Event {Position}, set aside, still has no effect", orderEvent.Position);
            return Describe(exception);
        }
    }
}

/// <summary>Counts, in this process, how often the feed's current event has failed.</summary>
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

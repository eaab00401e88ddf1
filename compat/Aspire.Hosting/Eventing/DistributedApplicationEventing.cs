using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Eventing;

/// <summary>Hands events to their handlers, in the order they were registered.</summary>
public class DistributedApplicationEventing : IDistributedApplicationEventing
{
    private readonly Lock _lock = new();
    private readonly List<(Type EventType, DistributedApplicationEventSubscription Subscription)> _subscriptions = [];

    public Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent =>
        PublishAsync(@event, EventDispatchBehavior.BlockingSequential, cancellationToken);

    public async Task PublishAsync<T>(
        T @event,
        EventDispatchBehavior dispatchBehavior,
        CancellationToken cancellationToken = default
    )
        where T : IDistributedApplicationEvent
    {
        ArgumentNullException.ThrowIfNull(@event);
        var handlers = FindHandlers(@event);
        switch (dispatchBehavior)
        {
            case EventDispatchBehavior.BlockingSequential:
                await RunInOrderAsync(handlers, @event, cancellationToken).ConfigureAwait(false);
                break;
            case EventDispatchBehavior.BlockingConcurrent:
                await Task.WhenAll(handlers.Select(handler => handler.Callback(@event, cancellationToken)))
                    .ConfigureAwait(false);
                break;
            case EventDispatchBehavior.NonBlockingSequential:
                _ = Task.Run(() => RunInOrderAsync(handlers, @event, cancellationToken), cancellationToken);
                break;
            case EventDispatchBehavior.NonBlockingConcurrent:
                foreach (var handler in handlers)
                {
                    _ = Task.Run(() => handler.Callback(@event, cancellationToken), cancellationToken);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(dispatchBehavior), dispatchBehavior, null);
        }
    }

    public DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent =>
        Add<T>(
            new DistributedApplicationEventSubscription(
                (@event, cancellationToken) => callback((T)@event, cancellationToken)
            )
        );

    public DistributedApplicationEventSubscription Subscribe<T>(
        IResource resource,
        Func<T, CancellationToken, Task> callback
    )
        where T : IDistributedApplicationResourceEvent =>
        Add<T>(
            new DistributedApplicationResourceEventSubscription(
                resource,
                (@event, cancellationToken) => callback((T)@event, cancellationToken)
            )
        );

    public void Unsubscribe(DistributedApplicationEventSubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.RemoveAll(known => known.Subscription == subscription);
        }
    }

    private static async Task RunInOrderAsync<T>(
        DistributedApplicationEventSubscription[] handlers,
        T @event,
        CancellationToken cancellationToken
    )
        where T : IDistributedApplicationEvent
    {
        foreach (var handler in handlers)
        {
            await handler.Callback(@event, cancellationToken).ConfigureAwait(false);
        }
    }

    private DistributedApplicationEventSubscription Add<T>(DistributedApplicationEventSubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.Add((typeof(T), subscription));
        }

        return subscription;
    }

    private DistributedApplicationEventSubscription[] FindHandlers<T>(T @event)
        where T : IDistributedApplicationEvent
    {
        var resource = (@event as IDistributedApplicationResourceEvent)?.Resource;
        lock (_lock)
        {
            return
            [
                .. _subscriptions
                    .Where(known =>
                        known.EventType == typeof(T)
                        && (
                            known.Subscription
                                is not DistributedApplicationResourceEventSubscription { Resource: { } of }
                            || of == resource
                        )
                    )
                    .Select(known => known.Subscription),
            ];
        }
    }
}

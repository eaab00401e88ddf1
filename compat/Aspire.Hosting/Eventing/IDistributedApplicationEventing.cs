using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Eventing;

/// <summary>Something that happened in the application.</summary>
public interface IDistributedApplicationEvent;

/// <summary>Something that happened to a resource.</summary>
public interface IDistributedApplicationResourceEvent : IDistributedApplicationEvent
{
    IResource Resource { get; }

    IServiceProvider Services { get; }

    ILogger Logger => Services.GetRequiredService<ResourceLoggerService>().GetLogger(Resource);
}

/// <summary>How an event is handed to its handlers.</summary>
public enum EventDispatchBehavior
{
    BlockingSequential,
    BlockingConcurrent,
    NonBlockingSequential,
    NonBlockingConcurrent,
}

/// <summary>Hands events to those who asked for them.</summary>
public interface IDistributedApplicationEventing
{
    DistributedApplicationEventSubscription Subscribe<T>(Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationEvent;

    DistributedApplicationEventSubscription Subscribe<T>(IResource resource, Func<T, CancellationToken, Task> callback)
        where T : IDistributedApplicationResourceEvent;

    void Unsubscribe(DistributedApplicationEventSubscription subscription);

    Task PublishAsync<T>(T @event, CancellationToken cancellationToken = default)
        where T : IDistributedApplicationEvent;

    Task PublishAsync<T>(
        T @event,
        EventDispatchBehavior dispatchBehavior,
        CancellationToken cancellationToken = default
    )
        where T : IDistributedApplicationEvent;
}

/// <summary>A handler of an event.</summary>
public class DistributedApplicationEventSubscription(
    Func<IDistributedApplicationEvent, CancellationToken, Task> callback
)
{
    public Func<IDistributedApplicationEvent, CancellationToken, Task> Callback { get; } = callback;
}

/// <summary>A handler of an event of one resource.</summary>
public class DistributedApplicationResourceEventSubscription(
    IResource? resource,
    Func<IDistributedApplicationResourceEvent, CancellationToken, Task> callback
)
    : DistributedApplicationEventSubscription(
        (@event, cancellationToken) => callback((IDistributedApplicationResourceEvent)@event, cancellationToken)
    )
{
    public IResource? Resource { get; } = resource;
}

using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Logging;
using Message = Aspire.Hosting.Dashboard.Grpc.Resource;

namespace Aspire.Hosting.Dashboard;

/// <summary>Keeps what is known of every resource, and tells each subscriber all of it and then every change.</summary>
internal sealed class ResourceFeed(ILogger<ResourceFeed> logger)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Message> _resources = new(StringComparer.Ordinal);
    private readonly HashSet<Channel<Message>> _subscribers = [];
    private bool _completed;

    /// <summary>Takes in the notifications until the application ends, and then ends every subscription.</summary>
    public async Task RunAsync(
        ResourceNotificationService notifications,
        Func<string, string> mask,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await foreach (var change in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                Publish(change.ToMessage(mask));
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "The dashboard is not told about the resources any more");
        }

        Complete();
    }

    /// <summary>First everything there is, in one piece, and then the changes, in pieces as they come.</summary>
    public async IAsyncEnumerable<IReadOnlyList<Message>> SubscribeAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var channel = Channel.CreateUnbounded<Message>(new UnboundedChannelOptions { SingleReader = true });
        Message[] known;
        lock (_lock)
        {
            known = [.. _resources.Values];
            if (_completed)
            {
                channel.Writer.Complete();
            }

            _subscribers.Add(channel);
        }

        try
        {
            yield return known;
            while (await channel.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                var changes = new List<Message>();
                while (channel.Reader.TryRead(out var change))
                {
                    changes.Add(change);
                }

                yield return changes;
            }
        }
        finally
        {
            lock (_lock)
            {
                _subscribers.Remove(channel);
            }
        }
    }

    private void Publish(Message resource)
    {
        lock (_lock)
        {
            _resources[resource.Name] = resource;
            foreach (var subscriber in _subscribers)
            {
                subscriber.Writer.TryWrite(resource);
            }
        }
    }

    private void Complete()
    {
        lock (_lock)
        {
            _completed = true;
            foreach (var subscriber in _subscribers)
            {
                subscriber.Writer.TryComplete();
            }
        }
    }
}

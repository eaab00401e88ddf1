using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Brings those resources to life that are not run but only known: parameters, connection strings, parts of others.</summary>
internal sealed class CustomResources(
    DistributedApplicationModel model,
    IDistributedApplicationEventing eventing,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    SecretMask mask,
    IServiceProvider services
)
{
    /// <summary>Starts what belongs to this resource, whoever does it.</summary>
    public async Task StartAsync(IResource resource, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(resource);
        try
        {
            await eventing
                .PublishAsync(
                    new InitializeResourceEvent(resource, eventing, loggers, notifications, services),
                    cancellationToken
                )
                .ConfigureAwait(false);
            await (
                resource switch
                {
                    ParameterResource parameter => ShowAsync(parameter, logger, cancellationToken),
                    ConnectionStringResource connection => OpenAsync(connection, cancellationToken),
                    _ => Task.CompletedTask,
                }
            ).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application ends.
        }
        catch (Exception exception)
        {
            logger.LogError("{Resource} cannot be started: {Reason}", resource.Name, exception.Message);
            logger.LogDebug(exception, "{Resource} cannot be started", resource.Name);
            await notifications.PublishUpdateAsync(resource, snapshot => snapshot.Failed()).ConfigureAwait(false);
        }
    }

    /// <summary>A part of another resource, like a database on a server, fares as that one does.</summary>
    public async Task FollowParentsAsync(CancellationToken cancellationToken)
    {
        var parts = model
            .Resources.OfType<IResourceWithParent>()
            .Where(part => !ResourceRuntime.Runs(part))
            .ToLookup(part => RootOf(part));
        if (parts.Count == 0)
        {
            return;
        }

        try
        {
            await foreach (var change in notifications.WatchAsync(cancellationToken).ConfigureAwait(false))
            {
                foreach (var part in parts[change.Resource])
                {
                    await notifications
                        .PublishUpdateAsync(part, snapshot => Follow(snapshot, change.Snapshot))
                        .ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The application ends.
        }
    }

    private static IResource RootOf(IResource resource) =>
        resource is IResourceWithParent part && !ResourceRuntime.Runs(part) ? RootOf(part.Parent) : resource;

    private static CustomResourceSnapshot Follow(CustomResourceSnapshot part, CustomResourceSnapshot whole) =>
        part with
        {
            State = whole.State,
            StartTimeStamp = whole.StartTimeStamp,
            StopTimeStamp = whole.StopTimeStamp,
            ResourceReadyEvent = whole.State?.Text == KnownResourceStates.Running ? part.ResourceReadyEvent : null,
        };

    private async Task ShowAsync(ParameterResource parameter, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            var value = await parameter.GetValueAsync(cancellationToken).ConfigureAwait(false);
            await mask.LearnAsync(parameter, cancellationToken).ConfigureAwait(false);
            await notifications
                .PublishUpdateAsync(
                    parameter,
                    snapshot =>
                        snapshot.WithState(KnownResourceStates.Running, KnownResourceStateStyles.Success) with
                        {
                            Properties = snapshot.Properties.SetProperty(
                                KnownProperties.Parameter.Value,
                                value,
                                parameter.Secret
                            ),
                        }
                )
                .ConfigureAwait(false);
        }
        catch (MissingParameterValueException exception)
        {
            logger.LogError("{Reason}", exception.Message);
            await notifications
                .PublishUpdateAsync(
                    parameter,
                    snapshot => snapshot.WithState(KnownResourceStates.ValueMissing, KnownResourceStateStyles.Warn)
                )
                .ConfigureAwait(false);
        }
    }

    /// <summary>A connection string is there as soon as what it waits for is.</summary>
    private async Task OpenAsync(ConnectionStringResource connection, CancellationToken cancellationToken)
    {
        await eventing
            .PublishAsync(new BeforeResourceStartedEvent(connection, services), cancellationToken)
            .ConfigureAwait(false);
        await notifications.WaitForDependenciesAsync(connection, cancellationToken).ConfigureAwait(false);
        var value = await ((IResourceWithConnectionString)connection)
            .GetConnectionStringAsync(cancellationToken)
            .ConfigureAwait(false);
        await mask.LearnAsync(connection, cancellationToken).ConfigureAwait(false);
        await eventing
            .PublishAsync(new ConnectionStringAvailableEvent(connection, services), cancellationToken)
            .ConfigureAwait(false);
        await notifications
            .PublishUpdateAsync(
                connection,
                snapshot =>
                    snapshot.WithState(KnownResourceStates.Running) with
                    {
                        StartTimeStamp = DateTime.UtcNow,
                        Properties = snapshot.Properties.SetProperty(
                            CustomResourceKnownProperties.ConnectionString,
                            value,
                            isSensitive: true
                        ),
                    }
            )
            .ConfigureAwait(false);
    }
}

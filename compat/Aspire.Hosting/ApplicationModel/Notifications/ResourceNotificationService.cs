using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Knows the state of every resource, tells of changes and waits for them.</summary>
public class ResourceNotificationService : IDisposable
{
    private readonly ConcurrentDictionary<string, ResourceState> _states = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lock _watchersLock = new();
    private readonly List<ChannelWriter<ResourceEvent>> _watchers = [];
    private readonly CancellationTokenSource _disposing = new();
    private readonly ILogger<ResourceNotificationService> _logger;
    private readonly IServiceProvider _services;
    private readonly ResourceLoggerService _loggers;

    public ResourceNotificationService(
        ILogger<ResourceNotificationService> logger,
        IHostApplicationLifetime hostApplicationLifetime,
        IServiceProvider serviceProvider,
        ResourceLoggerService resourceLoggerService
    )
    {
        _logger = logger;
        _services = serviceProvider;
        _loggers = resourceLoggerService;
        hostApplicationLifetime.ApplicationStopping.Register(_disposing.Cancel);
    }

    private WaitBehavior DefaultWaitBehavior =>
        _services.GetService<IOptions<ResourceNotificationServiceOptions>>()?.Value.DefaultWaitBehavior
        ?? WaitBehavior.StopOnResourceUnavailable;

    /// <summary>The state of all resources now, and then each change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>(new UnboundedChannelOptions { SingleReader = true });
        var versions = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        lock (_watchersLock)
        {
            _watchers.Add(channel.Writer);
            foreach (var state in _states.Values)
            {
                if (state.Latest is { } latest)
                {
                    channel.Writer.TryWrite(latest);
                }
            }
        }

        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _disposing.Token);
        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(linked.Token).ConfigureAwait(false))
            {
                // A change may come twice: with the state of all, and by itself.
                if (versions.GetValueOrDefault(change.ResourceId) < change.Snapshot.Version)
                {
                    versions[change.ResourceId] = change.Snapshot.Version;
                    yield return change;
                }
            }
        }
        finally
        {
            lock (_watchersLock)
            {
                _watchers.Remove(channel.Writer);
            }
        }
    }

    /// <summary>Waits until a resource is in a state, Running if none is given.</summary>
    public Task WaitForResourceAsync(
        string resourceName,
        string? targetState = null,
        CancellationToken cancellationToken = default
    ) => WaitForResourceAsync(resourceName, [targetState ?? KnownResourceStates.Running], cancellationToken);

    /// <summary>Waits until a resource is in one of these states, and says in which.</summary>
    public async Task<string> WaitForResourceAsync(
        string resourceName,
        IEnumerable<string> targetStates,
        CancellationToken cancellationToken = default
    )
    {
        var states = targetStates.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var reached = await WaitForResourceAsync(
                resourceName,
                change => change.Snapshot.State is { Text: var text } && states.Contains(text),
                cancellationToken
            )
            .ConfigureAwait(false);
        return reached.Snapshot.State!.Text;
    }

    /// <summary>Waits until a resource satisfies a condition.</summary>
    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName,
        Func<ResourceEvent, bool> predicate,
        CancellationToken cancellationToken = default
    )
    {
        await foreach (var change in WatchAsync(cancellationToken).ConfigureAwait(false))
        {
            if (
                (
                    string.Equals(change.Resource.Name, resourceName, StringComparison.OrdinalIgnoreCase)
                    || string.Equals(change.ResourceId, resourceName, StringComparison.OrdinalIgnoreCase)
                ) && predicate(change)
            )
            {
                return change;
            }
        }

        throw new OperationCanceledException(
            $"The application ended before the resource '{resourceName}' met the condition."
        );
    }

    /// <summary>Waits until a resource is healthy and its handlers for being ready have run.</summary>
    public Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName,
        CancellationToken cancellationToken = default
    ) => WaitForResourceHealthyAsync(resourceName, DefaultWaitBehavior, cancellationToken);

    /// <summary>Waits until a resource is healthy and its handlers for being ready have run.</summary>
    /// <exception cref="DistributedApplicationException">The resource stopped, and the behavior is not to wait on.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(
        string resourceName,
        WaitBehavior waitBehavior,
        CancellationToken cancellationToken = default
    )
    {
        var reached = await WaitForResourceAsync(
                resourceName,
                change =>
                    change.Snapshot.HealthStatus == HealthStatus.Healthy
                    || (waitBehavior == WaitBehavior.StopOnResourceUnavailable && IsUnavailable(change.Snapshot)),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (reached.Snapshot.HealthStatus != HealthStatus.Healthy)
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for the resource '{resourceName}' to be healthy: it is '{reached.Snapshot.State?.Text}'."
            );
        }

        return await WaitForReadyHandlersAsync(reached, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for everything the resource declares to wait for.</summary>
    /// <exception cref="DistributedApplicationException">One of those failed, so that waiting on is of no use.</exception>
    public async Task WaitForDependenciesAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (!resource.TryGetAnnotationsOfType<WaitAnnotation>(out var annotations))
        {
            return;
        }

        var waits = annotations.DistinctBy(wait => (wait.Resource, wait.WaitType)).ToArray();
        var outstanding = new ConcurrentDictionary<WaitAnnotation, string>(
            waits.Select(wait => KeyValuePair.Create(wait, wait.Resource.Name))
        );

        await Task.WhenAll(waits.Select(WaitAsync)).ConfigureAwait(false);

        async Task WaitAsync(WaitAnnotation wait)
        {
            if (IsSatisfied(wait))
            {
                outstanding.TryRemove(wait, out _);
            }
            else
            {
                await ShowOutstandingAsync().ConfigureAwait(false);
                await WaitForAsync(resource, wait, cancellationToken).ConfigureAwait(false);
                outstanding.TryRemove(wait, out _);
                await ShowOutstandingAsync().ConfigureAwait(false);
            }
        }

        Task ShowOutstandingAsync()
        {
            var names = string.Join(", ", outstanding.Values.Distinct().Order(StringComparer.Ordinal));
            return PublishUpdateAsync(
                resource,
                snapshot =>
                    snapshot with
                    {
                        State = KnownResourceStates.Waiting,
                        Properties = snapshot.Properties.SetProperty(KnownProperties.Resource.WaitingFor, names),
                    }
            );
        }
    }

    /// <summary>The state of a resource, by its identity, or by its name if it runs once.</summary>
    public bool TryGetCurrentState(string resourceId, [NotNullWhen(true)] out ResourceEvent? resourceEvent)
    {
        if (_states.TryGetValue(resourceId, out var state) && state.Latest is { } latest)
        {
            resourceEvent = latest;
            return true;
        }

        var named = _states
            .Values.Select(candidate => candidate.Latest)
            .Where(candidate => string.Equals(candidate?.Resource.Name, resourceId, StringComparison.OrdinalIgnoreCase))
            .ToArray();
        resourceEvent = named is [{ } only] ? only : null;
        return resourceEvent is not null;
    }

    /// <summary>Changes the state of all running copies of a resource.</summary>
    public async Task PublishUpdateAsync(
        IResource resource,
        Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory
    )
    {
        foreach (var resourceId in resource.GetResolvedResourceNames())
        {
            await PublishUpdateAsync(resource, resourceId, stateFactory).ConfigureAwait(false);
        }
    }

    /// <summary>Changes the state of one running copy of a resource.</summary>
    public Task PublishUpdateAsync(
        IResource resource,
        string resourceId,
        Func<CustomResourceSnapshot, CustomResourceSnapshot> stateFactory
    )
    {
        var state = _states.GetOrAdd(resourceId, _ => new ResourceState());
        lock (state)
        {
            var previous = state.Latest?.Snapshot ?? InitialSnapshot(resource);
            var snapshot = Complete(resource, stateFactory(previous)) with { Version = previous.Version + 1 };
            var change = new ResourceEvent(resource, resourceId, snapshot);
            state.Latest = change;

            lock (_watchersLock)
            {
                foreach (var watcher in _watchers)
                {
                    watcher.TryWrite(change);
                }
            }

            if (snapshot.State?.Text is { Length: > 0 } text && text != previous.State?.Text)
            {
                _logger.LogDebug(
                    "{Resource}/{ResourceId} changed from {Previous} to {State}",
                    resource.Name,
                    resourceId,
                    previous.State?.Text,
                    text
                );
            }
        }

        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _disposing.Cancel();
        GC.SuppressFinalize(this);
    }

    internal static bool IsUnavailable(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text is { } state
        && (KnownResourceStates.TerminalStates.Contains(state) || state == KnownResourceStates.RuntimeUnhealthy);

    private static CustomResourceSnapshot InitialSnapshot(IResource resource)
    {
        var initial = resource.TryGetLastAnnotation<ResourceSnapshotAnnotation>(out var annotation)
            ? annotation.InitialSnapshot
            : new CustomResourceSnapshot { ResourceType = resource.GetType().Name, Properties = [] };
        var relationships = resource
            .Annotations.Snapshot()
            .OfType<ResourceRelationshipAnnotation>()
            .Select(relation => new RelationshipSnapshot(relation.Resource.Name, relation.Type))
            .Distinct();
        var reports = resource.TryGetAnnotationsIncludingAncestorsOfType<HealthCheckAnnotation>(out var checks)
            ? checks
                .Select(check => check.Key)
                .Distinct()
                .Select(key => new HealthReportSnapshot(key, Status: null, Description: null, ExceptionText: null))
            : [];
        var parent = resource.GetParent();

        return initial with
        {
            Relationships = initial.Relationships.IsEmpty ? [.. relationships] : initial.Relationships,
            HealthReports = initial.HealthReports.IsEmpty ? [.. reports] : initial.HealthReports,
            CreationTimeStamp = initial.CreationTimeStamp ?? DateTime.UtcNow,
            Properties = parent is null
                ? initial.Properties
                : initial.Properties.SetProperty(KnownProperties.Resource.ParentName, parent.Name),
        };
    }

    private CustomResourceSnapshot Complete(IResource resource, CustomResourceSnapshot snapshot)
    {
        var commands = resource
            .Annotations.Snapshot()
            .OfType<ResourceCommandAnnotation>()
            .Select(command => new ResourceCommandSnapshot(
                command.Name,
                command.UpdateState(
                    new UpdateCommandStateContext { ResourceSnapshot = snapshot, Services = _services }
                ),
                command.DisplayName,
                command.DisplayDescription,
                command.Parameter,
                command.ConfirmationMessage,
                command.IconName,
                command.IconVariant,
                command.IsHighlighted
            ));
        resource.TryGetLastAnnotation<ResourceIconAnnotation>(out var icon);
        var hidden =
            snapshot.IsHidden
            || (
                resource.TryGetLastAnnotation<HiddenAnnotation>(out var hiding)
                && (
                    hiding.Behavior == HiddenBehavior.Always
                    || (
                        snapshot.State?.Text is { } state
                        && KnownResourceStates.TerminalStates.Contains(state)
                        && snapshot.ExitCode is { } exitCode
                        && hiding.SuccessfulExitCodes.Contains(exitCode)
                    )
                )
            );

        return snapshot with
        {
            Commands = [.. commands],
            IconName = snapshot.IconName ?? icon?.IconName,
            IconVariant = snapshot.IconVariant ?? icon?.IconVariant,
            IsHidden = hidden,
        };
    }

    private bool IsSatisfied(WaitAnnotation wait) =>
        wait
            .Resource.GetResolvedResourceNames()
            .All(id =>
                TryGetCurrentState(id, out var current)
                && (
                    wait.WaitType switch
                    {
                        WaitType.WaitForCompletion => IsFinished(current.Snapshot)
                            && current.Snapshot.ExitCode == wait.ExitCode,
                        WaitType.WaitUntilStarted => current.Snapshot.State?.Text == KnownResourceStates.Running,
                        _ => current.Snapshot.HealthStatus == HealthStatus.Healthy
                            && current.Snapshot.ResourceReadyEvent is { EventTask.IsCompletedSuccessfully: true },
                    }
                )
            );

    private static bool IsFinished(CustomResourceSnapshot snapshot) =>
        snapshot.State?.Text is { } state && KnownResourceStates.TerminalStates.Contains(state);

    private async Task WaitForAsync(IResource waiter, WaitAnnotation wait, CancellationToken cancellationToken)
    {
        var dependency = wait.Resource;
        var logger = _loggers.GetLogger(waiter);
        logger.LogInformation(
            wait.WaitType switch
            {
                WaitType.WaitForCompletion => "Waiting for resource '{Dependency}' to complete.",
                WaitType.WaitUntilStarted => "Waiting for resource '{Dependency}' to start.",
                _ => "Waiting for resource '{Dependency}' to enter the 'Running' state and be healthy.",
            },
            dependency.Name
        );

        await Task.WhenAll(
                dependency
                    .GetResolvedResourceNames()
                    .Select(id =>
                        wait.WaitType == WaitType.WaitForCompletion
                            ? WaitForEndAsync(dependency, id, wait.ExitCode, cancellationToken)
                            : WaitForRunningAsync(
                                dependency,
                                id,
                                wait.WaitType == WaitType.WaitUntilHealthy,
                                wait.WaitBehavior ?? DefaultWaitBehavior,
                                cancellationToken
                            )
                    )
            )
            .ConfigureAwait(false);
        logger.LogInformation("Finished waiting for resource '{Dependency}'.", dependency.Name);
    }

    private async Task WaitForEndAsync(
        IResource dependency,
        string resourceId,
        int exitCode,
        CancellationToken cancellationToken
    )
    {
        var ended = await WaitForResourceAsync(resourceId, change => IsFinished(change.Snapshot), cancellationToken)
            .ConfigureAwait(false);
        if (ended.Snapshot.State?.Text == KnownResourceStates.FailedToStart)
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for the resource '{dependency.Name}' to complete: it failed to start."
            );
        }

        if (ended.Snapshot.ExitCode is { } actual && actual != exitCode)
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for the resource '{dependency.Name}' to complete: its exit code is {actual}, not {exitCode}."
            );
        }
    }

    private async Task WaitForRunningAsync(
        IResource dependency,
        string resourceId,
        bool healthy,
        WaitBehavior behavior,
        CancellationToken cancellationToken
    )
    {
        var reached = await WaitForResourceAsync(
                resourceId,
                change =>
                    (
                        healthy
                            ? change.Snapshot.HealthStatus == HealthStatus.Healthy
                            : change.Snapshot.State?.Text == KnownResourceStates.Running
                    ) || (behavior == WaitBehavior.StopOnResourceUnavailable && IsUnavailable(change.Snapshot)),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (IsUnavailable(reached.Snapshot))
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for the resource '{dependency.Name}': it is '{reached.Snapshot.State?.Text}'."
            );
        }

        if (healthy)
        {
            await WaitForReadyHandlersAsync(reached, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<ResourceEvent> WaitForReadyHandlersAsync(
        ResourceEvent reached,
        CancellationToken cancellationToken
    )
    {
        var ready = await WaitForResourceAsync(
                reached.ResourceId,
                change => change.Snapshot.ResourceReadyEvent is not null || IsUnavailable(change.Snapshot),
                cancellationToken
            )
            .ConfigureAwait(false);
        if (ready.Snapshot.ResourceReadyEvent is not { } handlers)
        {
            throw new DistributedApplicationException(
                $"Stopped waiting for the resource '{reached.Resource.Name}': it is '{ready.Snapshot.State?.Text}'."
            );
        }

        await handlers.EventTask.WaitAsync(cancellationToken).ConfigureAwait(false);
        return ready;
    }

    private sealed class ResourceState
    {
        public ResourceEvent? Latest { get; set; }
    }
}

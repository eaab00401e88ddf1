using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs the resources that are processes or containers: starts and stops them and reports how they fare.</summary>
internal sealed class ResourceRuntime(
    DistributedApplicationExecutionContext execution,
    IDistributedApplicationEventing eventing,
    ResourceNotificationService notifications,
    ResourceLoggerService loggers,
    SecretMask mask,
    IServiceProvider services
) : IDisposable
{
    private readonly ConcurrentDictionary<string, RunningInstance> _instances = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<ResourceInstance>> _byResource = new(
        StringComparer.Ordinal
    );
    private readonly Dictionary<string, IReadOnlyList<ServiceEndpoint>> _endpoints = new(StringComparer.Ordinal);
    private DcpClient? _dcp;

    /// <summary>Whether the resource is a process or a container.</summary>
    public static bool Runs(IResource resource) =>
        resource is ProjectResource or ExecutableResource || resource.IsContainer();

    private DcpClient Dcp => _dcp ?? throw new InvalidOperationException("DCP has not been started yet.");

    /// <summary>Names the instances of a resource, which keep their names as long as the application runs.</summary>
    public IReadOnlyList<ResourceInstance> Add(IResource resource, IReadOnlyList<ServiceEndpoint> endpoints)
    {
        var replicas = resource is ProjectResource ? resource.GetReplicaCount() : 1;
        var instances = Enumerable
            .Range(0, replicas)
            .Select(index => ResourceInstance.Create(resource, index))
            .ToArray();
        _byResource[resource.Name] = instances;
        _endpoints[resource.Name] = endpoints;
        foreach (var instance in instances)
        {
            _instances[instance.Name] = new RunningInstance(instance);
        }

        return instances;
    }

    public IReadOnlyList<ResourceInstance> InstancesOf(IResource resource) =>
        _byResource.TryGetValue(resource.Name, out var instances) ? instances : [];

    /// <summary>Follows everything that DCP runs, until it ends.</summary>
    public Task WatchAsync(DcpClient dcp, CancellationToken cancellationToken)
    {
        _dcp = dcp;
        return Task.WhenAll(
            WatchAsync<DcpExecutable>(change => change.Object.Status, cancellationToken),
            WatchAsync<DcpContainer>(change => change.Object.Status, cancellationToken)
        );
    }

    /// <summary>
    /// Starts all instances of a resource, once those it waits for are ready. A resource that cannot be started says
    /// so in its log and its state.
    /// </summary>
    public async Task StartAsync(IResource resource, CancellationToken cancellationToken)
    {
        var logger = loggers.GetLogger(resource);
        try
        {
            await PublishAsync(resource, snapshot => snapshot.Started()).ConfigureAwait(false);
            await eventing
                .PublishAsync(new BeforeResourceStartedEvent(resource, services), cancellationToken)
                .ConfigureAwait(false);
            await notifications.WaitForDependenciesAsync(resource, cancellationToken).ConfigureAwait(false);
            await PublishAsync(resource, snapshot => snapshot.WithState(KnownResourceStates.Starting))
                .ConfigureAwait(false);

            var settings = await ExecutionSettings
                .EvaluateAsync(resource, execution, mask, logger, cancellationToken)
                .ConfigureAwait(false);
            await Task.WhenAll(
                    InstancesOf(resource).Select(instance => LaunchAsync(instance, settings, cancellationToken))
                )
                .ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The application ends, or the user has thought better of it.
        }
        catch (Exception exception)
        {
            logger.LogError("{Resource} cannot be started: {Reason}", resource.Name, exception.Message);
            logger.LogDebug(exception, "{Resource} cannot be started", resource.Name);
            await PublishAsync(resource, snapshot => snapshot.Failed()).ConfigureAwait(false);
        }
    }

    /// <summary>Stops an instance and waits until it is gone.</summary>
    public async Task StopAsync(string instanceName, CancellationToken cancellationToken)
    {
        var running = _instances[instanceName];
        await running.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await StopAsync(running, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            running.Gate.Release();
        }
    }

    /// <summary>Starts an instance that is not running, with its settings evaluated anew.</summary>
    public async Task StartAsync(string instanceName, CancellationToken cancellationToken)
    {
        var running = _instances[instanceName];
        await running.Gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await StopAsync(running, cancellationToken).ConfigureAwait(false);
            await RemoveAsync(running, cancellationToken).ConfigureAwait(false);
            var resource = running.Instance.Resource;
            if (InstancesOf(resource).All(instance => !_instances[instance.Name].IsPresent))
            {
                await StartAsync(resource, cancellationToken).ConfigureAwait(false);
                return;
            }

            var settings = await ExecutionSettings
                .EvaluateAsync(resource, execution, mask, loggers.GetLogger(instanceName), cancellationToken)
                .ConfigureAwait(false);
            await LaunchAsync(running.Instance, settings, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            running.Gate.Release();
        }
    }

    public void Dispose()
    {
        foreach (var running in _instances.Values)
        {
            running.Dispose();
        }
    }

    /// <summary>Changes what is known of every instance of a resource.</summary>
    public Task PublishAsync(IResource resource, Func<CustomResourceSnapshot, CustomResourceSnapshot> change) =>
        Task.WhenAll(
            InstancesOf(resource).Select(instance => notifications.PublishUpdateAsync(resource, instance.Name, change))
        );

    private async Task LaunchAsync(
        ResourceInstance instance,
        ExecutionSettings settings,
        CancellationToken cancellationToken
    )
    {
        var resource = instance.Resource;
        var endpoints = _endpoints[resource.Name];
        _instances[instance.Name].Settings = settings;
        if (instance.IsContainer)
        {
            var runtimeArgs = await RuntimeArgsAsync(resource, cancellationToken).ConfigureAwait(false);
            var container = LaunchSpecs.Container(instance, settings, endpoints, runtimeArgs);
            await notifications
                .PublishUpdateAsync(resource, instance.Name, snapshot => snapshot.With(container.Spec, settings))
                .ConfigureAwait(false);
            await Dcp.CreateAsync(container, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var executable = LaunchSpecs.Executable(instance, settings, endpoints, InstancesOf(resource).Count);
            await notifications
                .PublishUpdateAsync(
                    resource,
                    instance.Name,
                    snapshot => snapshot.With(resource, executable.Spec, settings)
                )
                .ConfigureAwait(false);
            await Dcp.CreateAsync(executable, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<string>> RuntimeArgsAsync(
        IResource resource,
        CancellationToken cancellationToken
    )
    {
        var args = new List<object>();
        var context = new ContainerRuntimeArgsCallbackContext(args, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<ContainerRuntimeArgsCallbackAnnotation>())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return [.. args.Select(arg => arg.ToString() ?? "")];
    }

    private async Task StopAsync(RunningInstance running, CancellationToken cancellationToken)
    {
        if (running.Status is not { } status || DcpStates.IsTerminal(status.State))
        {
            return;
        }

        var name = running.Instance.Name;
        if (running.Instance.IsContainer)
        {
            await Dcp.SetAsync<DcpContainer>(name, "/spec/stop", cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await Dcp.SetAsync<DcpExecutable>(name, "/spec/stop", cancellationToken).ConfigureAwait(false);
        }

        await running
            .WaitUntilAsync(
                instance => instance.Status is not { } now || DcpStates.IsTerminal(now.State),
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>What has been stopped cannot be started again in DCP, so its object makes room for a new one.</summary>
    private async Task RemoveAsync(RunningInstance running, CancellationToken cancellationToken)
    {
        if (!running.IsPresent)
        {
            return;
        }

        var name = running.Instance.Name;
        await (
            running.Instance.IsContainer
                ? Dcp.DeleteAsync<DcpContainer>(name, cancellationToken)
                : Dcp.DeleteAsync<DcpExecutable>(name, cancellationToken)
        ).ConfigureAwait(false);
        await running.WaitUntilAsync(instance => !instance.IsPresent, cancellationToken).ConfigureAwait(false);
    }

    private async Task WatchAsync<T>(
        Func<DcpWatchEvent<T>, DcpRunStatus?> statusOf,
        CancellationToken cancellationToken
    )
        where T : class, IDcpObject<T>
    {
        var logs = new ConsoleLogs<T>(Dcp, loggers);
        try
        {
            await foreach (var change in Dcp.WatchAsync<T>(cancellationToken).ConfigureAwait(false))
            {
                if (_instances.TryGetValue(change.Object.Metadata.Name, out var running))
                {
                    await ReportAsync(
                            running,
                            change.IsDeleted ? null : statusOf(change) ?? new(),
                            logs,
                            cancellationToken
                        )
                        .ConfigureAwait(false);
                }
            }
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // The application ends.
        }

        await logs.CompleteAsync().ConfigureAwait(false);
    }

    private async Task ReportAsync<T>(
        RunningInstance running,
        DcpRunStatus? status,
        ConsoleLogs<T> logs,
        CancellationToken cancellationToken
    )
        where T : class, IDcpObject<T>
    {
        var before = running.Status;
        running.Report(status);
        if (status is null)
        {
            return;
        }

        var (resource, name) = (running.Instance.Resource, running.Instance.Name);
        logs.Follow(name, status, cancellationToken);
        await notifications
            .PublishUpdateAsync(resource, name, snapshot => snapshot.With(running.Instance, status))
            .ConfigureAwait(false);

        if (
            DcpStates.IsTerminal(status.State)
            && !DcpStates.IsTerminal(before?.State)
            && notifications.TryGetCurrentState(name, out var stopped)
        )
        {
            await eventing
                .PublishAsync(
                    new ResourceStoppedEvent(resource, services, stopped),
                    EventDispatchBehavior.NonBlockingSequential,
                    cancellationToken
                )
                .ConfigureAwait(false);
        }
    }
}

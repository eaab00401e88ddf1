using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dcp;
using Aspire.Hosting.Eventing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Orchestration;

/// <summary>Runs the model: brings up DCP, the resource service and the dashboard, then every resource, all at once.</summary>
internal sealed class Orchestrator(
    DistributedApplicationModel model,
    DistributedApplicationOptions options,
    DistributedApplicationExecutionContext execution,
    IDistributedApplicationEventing eventing,
    ResourceNotificationService notifications,
    ResourceRuntime runtime,
    CustomResources customResources,
    HealthMonitor healthMonitor,
    SecretMask mask,
    IConfiguration configuration,
    IHostEnvironment environment,
    ILoggerFactory loggers,
    IServiceProvider services
) : IHostedService, IAsyncDisposable
{
    private readonly ILogger _logger = loggers.CreateLogger("Aspire.Hosting");
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _background = [];
    private DcpHost? _dcp;
    private ResourceServiceHost? _resourceService;

    /// <summary>Returns when every address is known and every resource on its way; what they wait for, they wait for by themselves.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var dashboard = options.DisableDashboard ? null : DashboardSettings.From(configuration);
        if (dashboard is null)
        {
            // Nobody listens for telemetry.
            configuration[DashboardSettings.OtlpUrlKey] = null;
            configuration[DashboardSettings.OtlpHttpUrlKey] = null;
        }
        else
        {
            mask.Learn(dashboard.OtlpApiKey);
        }

        var allocator = new EndpointAllocator(configuration.GetValue<bool>("DcpPublisher:RandomizePorts"));
        var endpoints = model
            .Resources.Where(ResourceRuntime.Runs)
            .ToDictionary(resource => resource, ServiceEndpoint.Of);
        allocator.CheckPorts(endpoints.Values.SelectMany(services => services), dashboard);

        try
        {
            await ShowModelAsync(endpoints).ConfigureAwait(false);
            await StartAsync(allocator, endpoints, dashboard, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// DCP goes first, since it stops the dashboard along with the rest: a dashboard that outlives the resource service
    /// may crash.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (_dcp is { } dcp)
        {
            _dcp = null;
            await dcp.StopAsync(cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(_background).ConfigureAwait(false);
            await dcp.DisposeAsync().ConfigureAwait(false);
        }

        if (_resourceService is { } resourceService)
        {
            _resourceService = null;
            await resourceService.DisposeAsync().ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task StartAsync(
        EndpointAllocator allocator,
        Dictionary<IResource, IReadOnlyList<ServiceEndpoint>> endpoints,
        DashboardSettings? dashboard,
        CancellationToken cancellationToken
    )
    {
        var resourceService = dashboard is null ? null : StartResourceServiceAsync(dashboard, cancellationToken);
        var bundle = await AspireBundle.FindAsync(configuration, _logger, cancellationToken).ConfigureAwait(false);
        _dcp = await DcpHost
            .StartAsync(bundle.DcpPath, configuration["DcpPublisher:ContainerRuntime"], loggers, cancellationToken)
            .ConfigureAwait(false);
        _resourceService = resourceService is null ? null : await resourceService.ConfigureAwait(false);

        var all = endpoints.Values.SelectMany(services => services).ToArray();
        var ports = await allocator
            .CreateServicesAsync(_dcp.Client, all, dashboard, cancellationToken)
            .ConfigureAwait(false);
        foreach (var endpoint in all)
        {
            EndpointAllocator.Allocate(endpoint, ports[endpoint.ServiceName]);
        }

        _background.Add(runtime.WatchAsync(_dcp.Client, _stopping.Token));
        _background.Add(healthMonitor.RunAsync(_stopping.Token));
        _background.Add(customResources.FollowParentsAsync(_stopping.Token));
        if (dashboard is not null)
        {
            var process = new DashboardProcess(_dcp.Client, dashboard, configuration, _logger);
            var url = await process
                .StartAsync(bundle.DashboardPath, ports, _resourceService!.Url, cancellationToken)
                .ConfigureAwait(false);
            _background.Add(InBackgroundAsync(token => process.AnnounceAsync(url, token)));
        }

        await PrepareContainersAsync(_dcp.Client, cancellationToken).ConfigureAwait(false);
        _background.Add(InBackgroundAsync(StartResourcesAsync));
    }

    private async Task<ResourceServiceHost> StartResourceServiceAsync(
        DashboardSettings dashboard,
        CancellationToken cancellationToken
    )
    {
        const string suffix = ".AppHost";
        var name = options.DashboardApplicationName ?? environment.ApplicationName;
        return await ResourceServiceHost
            .StartAsync(
                name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) ? name[..^suffix.Length] : name,
                dashboard.ResourceServiceUrl?.Port ?? 0,
                dashboard.ResourceServiceApiKey,
                mask.Apply,
                services,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    /// <summary>Names the instances and says, before anything starts, what there will be.</summary>
    private async Task ShowModelAsync(Dictionary<IResource, IReadOnlyList<ServiceEndpoint>> endpoints)
    {
        foreach (var (resource, services) in endpoints)
        {
            var instances = runtime.Add(resource, services);
            resource.Annotations.Add(
                new DcpInstancesAnnotation([
                    .. instances.Select(instance => new DcpInstance(instance.Name, instance.Suffix, instance.Index)),
                ])
            );
            LifecycleCommands.AddTo(resource);
        }

        foreach (var resource in model.Resources)
        {
            // The dashboard nests a resource under the instance that it finds under this name.
            var parent = resource.GetParent()?.GetResolvedResourceNames()[0];
            var state =
                !ResourceRuntime.Runs(resource) ? null
                : StartsByItself(resource) ? KnownResourceStates.Starting
                : KnownResourceStates.NotStarted;
            await notifications
                .PublishUpdateAsync(
                    resource,
                    snapshot =>
                        snapshot with
                        {
                            ResourceType = Snapshots.TypeOf(resource),
                            State = state ?? snapshot.State,
                            Properties = parent is null
                                ? snapshot.Properties
                                : snapshot.Properties.SetProperty(KnownProperties.Resource.ParentName, parent),
                        }
                )
                .ConfigureAwait(false);
        }
    }

    private static bool StartsByItself(IResource resource) =>
        !resource.HasAnnotationOfType<ExplicitStartupAnnotation>();

    private async Task StartResourcesAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(model.Resources.ToArray().Select(resource => StartAsync(resource, cancellationToken)))
            .ConfigureAwait(false);
        await eventing
            .PublishAsync(new AfterResourcesCreatedEvent(services, model), cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task StartAsync(IResource resource, CancellationToken cancellationToken)
    {
        if (ResourceRuntime.Runs(resource))
        {
            await eventing
                .PublishAsync(new ResourceEndpointsAllocatedEvent(resource, services), cancellationToken)
                .ConfigureAwait(false);
            if (resource is IResourceWithConnectionString)
            {
                await eventing
                    .PublishAsync(new ConnectionStringAvailableEvent(resource, services), cancellationToken)
                    .ConfigureAwait(false);
            }
        }

        var urls = await ResourceUrls.EvaluateAsync(resource, execution, cancellationToken).ConfigureAwait(false);
        await notifications
            .PublishUpdateAsync(resource, snapshot => snapshot with { Urls = urls })
            .ConfigureAwait(false);
        await customResources.StartAsync(resource, cancellationToken).ConfigureAwait(false);
        if (ResourceRuntime.Runs(resource) && StartsByItself(resource))
        {
            await runtime.StartAsync(resource, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Containers need their network; their volumes keep what they hold when the application ends.</summary>
    private async Task PrepareContainersAsync(DcpClient dcp, CancellationToken cancellationToken)
    {
        var containers = model.Resources.Where(resource => resource.IsContainer()).ToArray();
        if (containers.Length == 0)
        {
            return;
        }

        await dcp.CreateAsync(
                new DcpContainerNetwork
                {
                    Metadata = { Name = LaunchSpecs.NetworkName },
                    Spec = { NetworkName = $"aspire-session-network-{ResourceInstance.NewSuffix()}" },
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        var volumes = containers
            .SelectMany(container => container.Annotations.OfType<ContainerMountAnnotation>())
            .Where(mount => mount is { Type: ContainerMountType.Volume, Source: not null })
            .Select(mount => mount.Source!)
            .Distinct(StringComparer.Ordinal);
        await Task.WhenAll(
                volumes.Select(volume =>
                    dcp.CreateAsync(
                        new DcpContainerVolume { Metadata = { Name = volume }, Spec = { Name = volume } },
                        cancellationToken
                    )
                )
            )
            .ConfigureAwait(false);
    }

    /// <summary>What fails beside the resources is told; when the application ends, nobody cares.</summary>
    private async Task InBackgroundAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await Task.Run(() => work(_stopping.Token), _stopping.Token).ConfigureAwait(false);
        }
        catch (Exception) when (_stopping.IsCancellationRequested)
        {
            // It was cut short.
        }
        catch (Exception exception)
        {
            _logger.LogError(exception, "The application does not start as it should");
        }
    }
}

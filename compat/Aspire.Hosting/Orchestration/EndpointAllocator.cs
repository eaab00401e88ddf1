using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dashboard;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestration;

/// <summary>Makes a DCP service of every endpoint, so that all addresses are known before anything runs.</summary>
internal sealed class EndpointAllocator(bool randomizePorts)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    /// <summary>The port that everybody can reach the endpoint on, if it must be a certain one.</summary>
    public int? PublicPort(EndpointAnnotation endpoint) => endpoint.IsProxied && randomizePorts ? null : endpoint.Port;

    /// <summary>Complains about every fixed port that somebody else has.</summary>
    /// <exception cref="DistributedApplicationException">One is taken.</exception>
    public void CheckPorts(IEnumerable<ServiceEndpoint> endpoints, DashboardSettings? dashboard)
    {
        var wanted = endpoints
            .Where(service => service.Endpoint.Protocol == ProtocolType.Tcp)
            .Select(service =>
                (
                    Port: PublicPort(service.Endpoint) ?? 0,
                    User: $"the endpoint '{service.Endpoint.Name}' of '{service.Resource.Name}'"
                )
            )
            .Concat(
                dashboard is null
                    ? []
                    : DashboardProcess
                        .Services(dashboard)
                        .Append((Name: "resource service", Url: dashboard.ResourceServiceUrl))
                        .Select(service => (Port: service.Url?.Port ?? 0, User: $"the dashboard ({service.Name})"))
            )
            .Where(wanted => wanted.Port != 0);

        var complaints = wanted
            .GroupBy(wanted => wanted.Port, wanted => wanted.User)
            .Select(users =>
                users.Count() > 1 ? $"Port {users.Key} is wanted by both {string.Join(" and ", users)}."
                : PortHolder.IsFree(users.Key) ? null
                : $"Port {users.Key}, wanted by {users.Single()}, is taken"
                    + (PortHolder.Describe(users.Key) is { } holder ? $" by {holder}." : ".")
            )
            .Where(complaint => complaint is not null)
            .ToArray();
        if (complaints.Length > 0)
        {
            throw new DistributedApplicationException(string.Join(' ', complaints));
        }
    }

    /// <summary>Makes the services of the endpoints and of the dashboard, and waits for their ports.</summary>
    /// <returns>The port of each service that has one.</returns>
    public async Task<IReadOnlyDictionary<string, int>> CreateServicesAsync(
        DcpClient dcp,
        IReadOnlyCollection<ServiceEndpoint> endpoints,
        DashboardSettings? dashboard,
        CancellationToken cancellationToken
    )
    {
        var services = endpoints.Select(ToService).Concat(DashboardServices(dashboard)).ToArray();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_limit);

        var ports = services
            .Where(service => service.Spec.AddressAllocationMode == "Proxyless")
            .ToDictionary(service => service.Metadata.Name, service => service.Spec.Port!.Value);
        if (services.Length == 0)
        {
            return ports;
        }

        try
        {
            var creating = Task.WhenAll(services.Select(service => dcp.CreateAsync(service, limit.Token)));
            await foreach (var change in dcp.WatchAsync<DcpService>(limit.Token).ConfigureAwait(false))
            {
                if (change.Object.Status?.EffectivePort is { } port and > 0)
                {
                    ports[change.Object.Metadata.Name] = port;
                }

                if (ports.Count == services.Length)
                {
                    break;
                }

                if (creating.IsFaulted)
                {
                    break;
                }
            }

            await creating.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var missing = services.Select(service => service.Metadata.Name).Where(name => !ports.ContainsKey(name));
            throw new DistributedApplicationException(
                $"DCP gave no port to: {string.Join(", ", missing)}. Another program may listen on a fixed one."
            );
        }

        return ports;
    }

    /// <summary>Tells an endpoint its address, as processes of this machine see it and as containers do.</summary>
    public static void Allocate(ServiceEndpoint service, int port)
    {
        var endpoint = service.Endpoint;
        var target = DcpTemplates.PortForServing(service.ServiceName);
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(
            endpoint,
            KnownHostNames.Localhost,
            port,
            EndpointBindingMode.SingleAddress,
            target,
            KnownNetworkIdentifiers.LocalhostNetwork
        );

        // Containers reach each other by name at the port inside, and processes through their host.
        var inContainer = service.Resource.IsContainer();
        var network = KnownNetworkIdentifiers.DefaultAspireContainerNetwork;
        endpoint.AllAllocatedEndpoints.AddOrUpdateAllocatedEndpoint(
            network,
            new AllocatedEndpoint(
                endpoint,
                inContainer ? service.Resource.Name : KnownHostNames.DockerDesktopHostBridge,
                inContainer ? endpoint.TargetPort ?? port : port,
                EndpointBindingMode.SingleAddress,
                target,
                network
            )
        );
    }

    private static IEnumerable<DcpService> DashboardServices(DashboardSettings? dashboard) =>
        dashboard is null
            ? []
            : DashboardProcess
                .Services(dashboard)
                .Select(service => new DcpService
                {
                    Metadata = { Name = service.Name },
                    Spec =
                    {
                        Address = KnownHostNames.Localhost,
                        Port = service.Url is { Port: > 0 } url ? url.Port : null,
                    },
                });

    private DcpService ToService(ServiceEndpoint service)
    {
        var endpoint = service.Endpoint;
        return new DcpService
        {
            Metadata =
            {
                Name = service.ServiceName,
                Annotations = new()
                {
                    [DcpAnnotations.ResourceName] = service.Resource.Name,
                    [DcpAnnotations.EndpointName] = endpoint.Name,
                },
            },
            Spec =
            {
                Protocol = endpoint.Protocol == ProtocolType.Udp ? "UDP" : "TCP",
                Address = endpoint.TargetHost,
                Port = endpoint.IsProxied ? PublicPort(endpoint) : endpoint.TargetPort ??= FindFreePort(),
                AddressAllocationMode = endpoint switch
                {
                    { IsProxied: false } => "Proxyless",
                    { TargetHost: "0.0.0.0" } => "IPv4AllInterfaces",
                    { TargetHost: "*" or "+" or "::" or "[::]" } => "AllInterfaces",
                    _ => "Localhost",
                },
            },
        };
    }

    private static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Globalization;
using System.Reflection;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Dcp;

namespace Aspire.Hosting.Orchestration;

/// <summary>Writes down for DCP how an instance is to be run.</summary>
internal static class LaunchSpecs
{
    public const string NetworkName = "aspire-container-network";

    public static DcpExecutable Executable(
        ResourceInstance instance,
        ExecutionSettings settings,
        IReadOnlyList<ServiceEndpoint> endpoints,
        int replicas
    )
    {
        var (path, workingDirectory, leadingArgs) = instance.Resource switch
        {
            ProjectResource project => ProjectCommand(project),
            ExecutableResource executable => (executable.Command, executable.WorkingDirectory, (string[])[]),
            var other => throw new DistributedApplicationException($"'{other.Name}' is nothing that can be run."),
        };
        return new DcpExecutable
        {
            Metadata =
            {
                Name = instance.Name,
                Annotations = Annotations(
                    instance,
                    replicas,
                    endpoints.Select(service => new DcpServiceProducer
                    {
                        ServiceName = service.ServiceName,
                        Address = KnownHostNames.Localhost,
                        Port = service.Endpoint.TargetPort,
                    })
                ),
            },
            Spec =
            {
                ExecutablePath = path,
                WorkingDirectory = workingDirectory,
                Args = [.. leadingArgs, .. settings.ArgsForDcp],
                Env = settings.EnvironmentForDcp,
            },
        };
    }

    public static DcpContainer Container(
        ResourceInstance instance,
        ExecutionSettings settings,
        IReadOnlyList<ServiceEndpoint> endpoints,
        IReadOnlyList<string> runtimeArgs
    )
    {
        var resource = instance.Resource;
        if (!resource.TryGetContainerImageName(out var image))
        {
            throw new DistributedApplicationException($"The container '{resource.Name}' has no image.");
        }

        var lifetime = resource.Annotations.OfType<ContainerLifetimeAnnotation>().LastOrDefault()?.Lifetime;
        var persistent = lifetime == ContainerLifetime.Persistent;
        var name = resource.Annotations.OfType<ContainerNameAnnotation>().LastOrDefault()?.Name;
        return new DcpContainer
        {
            Metadata =
            {
                Name = instance.Name,
                Annotations = Annotations(
                    instance,
                    1,
                    endpoints.Select(service => new DcpServiceProducer
                    {
                        ServiceName = service.ServiceName,
                        Address = KnownHostNames.Localhost,
                        Port = service.Endpoint.TargetPort,
                    })
                ),
            },
            Spec =
            {
                Image = image,
                ContainerName = name ?? (persistent ? resource.Name : instance.Name),
                Command = (resource as ContainerResource)?.Entrypoint,
                Args = settings.Args.Count > 0 ? settings.ArgsForDcp : null,
                Env = settings.EnvironmentForDcp,
                Ports =
                [
                    .. endpoints.Select(service => new DcpContainerPort
                    {
                        ContainerPort =
                            service.Endpoint.TargetPort
                            ?? throw new DistributedApplicationException(
                                $"The endpoint '{service.Endpoint.Name}' of the container '{resource.Name}' needs a target port."
                            ),
                        HostPort = service.Endpoint.IsProxied ? null : service.Endpoint.Port,
                        HostIP = "127.0.0.1",
                        Protocol = service.Endpoint.Protocol == System.Net.Sockets.ProtocolType.Udp ? "UDP" : "TCP",
                    }),
                ],
                VolumeMounts =
                [
                    .. resource
                        .Annotations.OfType<ContainerMountAnnotation>()
                        .Select(mount => new DcpVolumeMount(
                            mount.Type == ContainerMountType.BindMount ? "bind" : "volume",
                            mount.Source,
                            mount.Target,
                            mount.IsReadOnly
                        )),
                ],
                Networks = [new DcpNetworkConnection(NetworkName, [resource.Name])],
                RunArgs = runtimeArgs.Count > 0 ? [.. runtimeArgs] : null,
                Persistent = persistent ? true : null,
            },
        };
    }

    /// <summary>
    /// A project that has been built is started as it lies there; asking <c>dotnet run</c> to find it would cost a second
    /// or more for each.
    /// </summary>
    private static (string Path, string WorkingDirectory, string[] Args) ProjectCommand(ProjectResource project)
    {
        var metadata = project.GetProjectMetadata();
        var workingDirectory = Path.GetDirectoryName(metadata.ProjectPath)!;
        if (metadata is ITargetPathMetadata { TargetPath: var program } && File.Exists(program))
        {
            return ("dotnet", workingDirectory, ["exec", program]);
        }

        var configuration = Assembly
            .GetEntryAssembly()
            ?.GetCustomAttribute<AssemblyConfigurationAttribute>()
            ?.Configuration;
        return (
            "dotnet",
            workingDirectory,
            [
                "run",
                "--project",
                metadata.ProjectPath,
                "--no-build",
                "--no-launch-profile",
                .. configuration is { Length: > 0 } ? ["--configuration", configuration] : (string[])[],
                "--",
            ]
        );
    }

    private static Dictionary<string, string> Annotations(
        ResourceInstance instance,
        int replicas,
        IEnumerable<DcpServiceProducer> producers
    ) =>
        new()
        {
            [DcpAnnotations.ResourceName] = instance.Resource.Name,
            [DcpAnnotations.OtelServiceName] = instance.Resource.Name,
            [DcpAnnotations.OtelServiceInstanceId] = instance.Suffix,
            [DcpAnnotations.ReplicaCount] = replicas.ToString(CultureInfo.InvariantCulture),
            [DcpAnnotations.ReplicaIndex] = instance.Index.ToString(CultureInfo.InvariantCulture),
            [DcpAnnotations.ServiceProducer] = ServiceProducers.ToJson(producers),
        };
}

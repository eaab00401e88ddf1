using System.Text.Json.Serialization;

namespace Aspire.Hosting.Dcp;

/// <summary>An object of DCP's API: what should be (spec) and what is (status).</summary>
internal interface IDcpObject<TSelf>
    where TSelf : IDcpObject<TSelf>
{
    /// <summary>The kind as it stands in the object.</summary>
    static abstract string KindName { get; }

    /// <summary>The kind as it stands in the path.</summary>
    static abstract string Plural { get; }

    DcpMetadata Metadata { get; }
}

internal abstract class DcpObject<TSpec, TStatus>
    where TSpec : class, new()
{
    public string ApiVersion { get; set; } = DcpClient.GroupVersion;

    public abstract string Kind { get; set; }

    public DcpMetadata Metadata { get; set; } = new();

    public TSpec Spec { get; set; } = new();

    public TStatus? Status { get; set; }
}

internal sealed class DcpMetadata
{
    public string Name { get; set; } = "";

    public Dictionary<string, string>? Annotations { get; set; }
}

/// <summary>The annotations that DCP or the dashboard's data carry.</summary>
internal static class DcpAnnotations
{
    public const string ResourceName = "resource-name";
    public const string EndpointName = "endpoint-name";
    public const string ServiceProducer = "service-producer";
    public const string OtelServiceName = "otel-service-name";
    public const string OtelServiceInstanceId = "otel-service-instance-id";
    public const string ReplicaCount = "resource-replica-count";
    public const string ReplicaIndex = "resource-replica-index";
}

/// <summary>A stable address with a relay behind it, or none when proxyless.</summary>
internal sealed class DcpService : DcpObject<DcpServiceSpec, DcpServiceStatus>, IDcpObject<DcpService>
{
    public static string KindName => "Service";
    public static string Plural => "services";
    public override string Kind { get; set; } = KindName;
}

internal sealed class DcpServiceSpec
{
    public string Protocol { get; set; } = "TCP";
    public string? Address { get; set; }
    public int? Port { get; set; }
    public string AddressAllocationMode { get; set; } = "Localhost";
}

internal sealed class DcpServiceStatus
{
    public string? State { get; set; }
    public string? EffectiveAddress { get; set; }
    public int? EffectivePort { get; set; }
}

/// <summary>The value of the annotation that says which service an object listens for.</summary>
internal sealed class DcpServiceProducer
{
    public required string ServiceName { get; set; }
    public string? Address { get; set; }
    public int? Port { get; set; }
}

/// <summary>A process.</summary>
internal sealed class DcpExecutable : DcpObject<DcpExecutableSpec, DcpRunStatus>, IDcpObject<DcpExecutable>
{
    public static string KindName => "Executable";
    public static string Plural => "executables";
    public override string Kind { get; set; } = KindName;
}

internal sealed class DcpExecutableSpec
{
    public string ExecutablePath { get; set; } = "";
    public string? WorkingDirectory { get; set; }
    public List<string>? Args { get; set; }
    public List<DcpEnvVar>? Env { get; set; }
    public string ExecutionType { get; set; } = "Process";
    public bool? Start { get; set; }
    public bool? Stop { get; set; }
}

internal sealed record DcpEnvVar(string Name, string? Value);

/// <summary>The part of the status that executables and containers share.</summary>
internal sealed class DcpRunStatus
{
    public string? State { get; set; }
    public int? Pid { get; set; }
    public string? ContainerId { get; set; }
    public string? ContainerName { get; set; }
    public int? ExitCode { get; set; }
    public string? Message { get; set; }
    public DateTime? StartupTimestamp { get; set; }
    public DateTime? FinishTimestamp { get; set; }
    public List<DcpEnvVar>? EffectiveEnv { get; set; }
    public List<string>? EffectiveArgs { get; set; }
}

/// <summary>A container.</summary>
internal sealed class DcpContainer : DcpObject<DcpContainerSpec, DcpRunStatus>, IDcpObject<DcpContainer>
{
    public static string KindName => "Container";
    public static string Plural => "containers";
    public override string Kind { get; set; } = KindName;
}

internal sealed class DcpContainerSpec
{
    public string Image { get; set; } = "";
    public string? ContainerName { get; set; }
    public string? Command { get; set; }
    public List<string>? Args { get; set; }
    public List<DcpEnvVar>? Env { get; set; }
    public List<DcpContainerPort>? Ports { get; set; }
    public List<DcpVolumeMount>? VolumeMounts { get; set; }
    public List<DcpNetworkConnection>? Networks { get; set; }
    public List<string>? RunArgs { get; set; }
    public DcpBuild? Build { get; set; }
    public string? PullPolicy { get; set; }
    public bool? Persistent { get; set; }
    public bool? Start { get; set; }
    public bool? Stop { get; set; }
}

internal sealed class DcpContainerPort
{
    public int ContainerPort { get; set; }
    public int? HostPort { get; set; }

    [JsonPropertyName("hostIP")]
    public string? HostIP { get; set; }
    public string Protocol { get; set; } = "TCP";
}

internal sealed record DcpVolumeMount(string Type, string? Source, string Target, bool ReadOnly);

internal sealed record DcpNetworkConnection(string Name, List<string> Aliases);

internal sealed class DcpBuild
{
    public string Context { get; set; } = "";
    public string? Dockerfile { get; set; }
    public string? Stage { get; set; }
    public List<DcpEnvVar>? Args { get; set; }
}

/// <summary>The network in which the containers of one run find each other by name.</summary>
internal sealed class DcpContainerNetwork
    : DcpObject<DcpContainerNetworkSpec, DcpStateStatus>,
        IDcpObject<DcpContainerNetwork>
{
    public static string KindName => "ContainerNetwork";
    public static string Plural => "containernetworks";
    public override string Kind { get; set; } = KindName;
}

internal sealed class DcpContainerNetworkSpec
{
    public string? NetworkName { get; set; }
    public bool Persistent { get; set; }
}

/// <summary>A named volume; it survives the run unless it is said not to be persistent.</summary>
internal sealed class DcpContainerVolume
    : DcpObject<DcpContainerVolumeSpec, DcpStateStatus>,
        IDcpObject<DcpContainerVolume>
{
    public static string KindName => "ContainerVolume";
    public static string Plural => "containervolumes";
    public override string Kind { get; set; } = KindName;
}

internal sealed class DcpContainerVolumeSpec
{
    public string Name { get; set; } = "";
    public bool Persistent { get; set; } = true;
}

internal sealed class DcpStateStatus
{
    public string? State { get; set; }
}

/// <summary>One event of a watch.</summary>
internal sealed class DcpWatchEvent<T>
{
    public string Type { get; set; } = "";
    public T Object { get; set; } = default!;

    [JsonIgnore]
    public bool IsDeleted => Type == "DELETED";
}

/// <summary>Why a call to the API failed.</summary>
internal sealed class DcpProblem
{
    public string? Message { get; set; }
    public string? Reason { get; set; }
}

/// <summary>The run itself, which can be asked to end.</summary>
internal sealed class DcpExecution
{
    public string Status { get; set; } = "";
    public string? ShutdownResourceCleanup { get; set; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(DcpWatchEvent<DcpService>))]
[JsonSerializable(typeof(DcpWatchEvent<DcpExecutable>))]
[JsonSerializable(typeof(DcpWatchEvent<DcpContainer>))]
[JsonSerializable(typeof(DcpWatchEvent<DcpContainerNetwork>))]
[JsonSerializable(typeof(DcpWatchEvent<DcpContainerVolume>))]
[JsonSerializable(typeof(List<DcpServiceProducer>))]
[JsonSerializable(typeof(DcpProblem))]
[JsonSerializable(typeof(DcpExecution))]
internal sealed partial class DcpJson : JsonSerializerContext;

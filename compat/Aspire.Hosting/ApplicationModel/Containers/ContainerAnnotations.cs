namespace Aspire.Hosting.ApplicationModel;

/// <summary>A container's image.</summary>
public sealed class ContainerImageAnnotation : IResourceAnnotation
{
    private string? _tag;
    private string? _sha256;

    public string? Registry { get; set; }

    public required string Image { get; set; }

    public string? Tag
    {
        get => _tag;
        set
        {
            _tag = value;
            _sha256 = value is null ? _sha256 : null;
        }
    }

    public string? SHA256
    {
        get => _sha256;
        set
        {
            _sha256 = value;
            _tag = value is null ? _tag : null;
        }
    }
}

/// <summary>When an image is pulled.</summary>
public enum ImagePullPolicy
{
    Default,
    Always,
    Missing,
    Never,
}

/// <summary>When a container's image is pulled.</summary>
public sealed class ContainerImagePullPolicyAnnotation : IResourceAnnotation
{
    public required ImagePullPolicy ImagePullPolicy { get; set; }
}

/// <summary>How long a container lives.</summary>
public enum ContainerLifetime
{
    Session,
    Persistent,
}

/// <summary>How long the resource's container lives.</summary>
public sealed class ContainerLifetimeAnnotation : IResourceAnnotation
{
    public required ContainerLifetime Lifetime { get; set; }
}

/// <summary>What is mounted.</summary>
public enum ContainerMountType
{
    BindMount,
    Volume,
}

/// <summary>A folder of the machine, or a volume, in a container.</summary>
public sealed class ContainerMountAnnotation(string? source, string target, ContainerMountType type, bool isReadOnly)
    : IResourceAnnotation
{
    public string? Source { get; } = source;

    public string Target { get; } = target;

    public ContainerMountType Type { get; } = type;

    public bool IsReadOnly { get; } = isReadOnly;
}

/// <summary>A container's name for the runtime.</summary>
public sealed class ContainerNameAnnotation : IResourceAnnotation
{
    public required string Name { get; set; }
}

/// <summary>Another host name of the container.</summary>
public sealed class ContainerNetworkAliasAnnotation(string alias) : IResourceAnnotation
{
    public string Alias { get; } = alias;

    public NetworkIdentifier Network { get; set; } = KnownNetworkIdentifiers.DefaultAspireContainerNetwork;
}

/// <summary>Adds arguments for the container runtime.</summary>
public sealed class ContainerRuntimeArgsCallbackAnnotation(Func<ContainerRuntimeArgsCallbackContext, Task> callback)
    : IResourceAnnotation
{
    public ContainerRuntimeArgsCallbackAnnotation(Action<IList<object>> callback)
        : this(context =>
        {
            callback(context.Args);
            return Task.CompletedTask;
        }) { }

    public Func<ContainerRuntimeArgsCallbackContext, Task> Callback { get; } = callback;
}

/// <summary>What a callback for runtime arguments works on.</summary>
public sealed class ContainerRuntimeArgsCallbackContext(
    IList<object> args,
    CancellationToken cancellationToken = default
)
{
    public IList<object> Args { get; } = args;

    public CancellationToken CancellationToken { get; } = cancellationToken;
}

/// <summary>The image is built from a Dockerfile.</summary>
public class DockerfileBuildAnnotation(string contextPath, string dockerfilePath, string? stage) : IResourceAnnotation
{
    public string ContextPath { get; } = contextPath;

    public string DockerfilePath { get; } = dockerfilePath;

    public string? Stage { get; } = stage;

    public Dictionary<string, object?> BuildArguments { get; } = [];

    public Dictionary<string, object> BuildSecrets { get; } = [];

    /// <summary>Makes the Dockerfile's text, where there is no file.</summary>
    public Func<DockerfileFactoryContext, Task<string>>? DockerfileFactory { get; init; }

    public string? ImageName { get; set; }

    public string? ImageTag { get; set; }

    public bool HasEntrypoint { get; set; } = true;
}

/// <summary>What a Dockerfile is made for.</summary>
public sealed class DockerfileFactoryContext
{
    public required IServiceProvider Services { get; init; }

    public required IResource Resource { get; init; }

    public required CancellationToken CancellationToken { get; init; }
}

/// <summary>Where the resource's files come from in its own image.</summary>
public sealed class ContainerFilesSourceAnnotation : IResourceAnnotation
{
    public required string SourcePath { get; init; }
}

/// <summary>Where another resource's files go in this one's image.</summary>
public sealed class ContainerFilesDestinationAnnotation : IResourceAnnotation
{
    public required IResource Source { get; init; }

    public required string DestinationPath { get; init; }
}

using Aspirate.Manifest;

namespace Aspirate.Output;

/// <summary>The variables of a template; their names are case-insensitive.</summary>
internal sealed class TemplateModel
{
    /// <summary>The tool treats variables with these prefixes as secrets.</summary>
    private static readonly string[] s_secrets = ["ConnectionString", "POSTGRES_PASSWORD", "MSSQL_SA_PASSWORD"];

    public string Name { get; init; } = "";

    /// <summary>Set only for the output's own kustomization and namespace.</summary>
    public string? Namespace { get; init; }

    public Dictionary<string, string> Env { get; init; } = [];
    public Dictionary<string, string> Annotations { get; init; } = [];
    public IReadOnlyList<ManifestVolume> Volumes { get; init; } = [];
    public IReadOnlyList<TemplatePort> Ports { get; init; } = [];
    public IReadOnlyList<string> Manifests { get; init; } = [];
    public IReadOnlyList<string> Args { get; init; } = [];
    public bool SecretsDisabled { get; init; }
    public bool? IsProject { get; init; }
    public string ContainerImage { get; init; } = "";
    public string? Entrypoint { get; init; }
    public string ImagePullPolicy { get; init; } = "";
    public string ServiceType { get; init; } = "ClusterIP";

    public Dictionary<string, string> Secrets =>
        Env.Where(variable => s_secrets.Any(secret => variable.Key.StartsWith(secret, StringComparison.Ordinal)))
            .ToDictionary();

    public bool HasPorts => Ports.Count > 0;
    public bool HasVolumes => Volumes.Count > 0;
    public bool HasAnySecrets => Secrets.Count > 0 && !SecretsDisabled;
    public bool HasAnyAnnotations => Annotations.Count > 0;
    public bool HasArgs => Args.Count > 0;
    public bool HasAnyEnv => Env.Count > 0;
    public bool WithNamespace => !string.IsNullOrWhiteSpace(Namespace);
}

/// <summary>A port: the binding's name, the container's port, and the manifest's external port.</summary>
internal sealed record TemplatePort(string Name, int InternalPort, int ExternalPort);

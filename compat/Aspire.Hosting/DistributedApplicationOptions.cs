using System.Reflection;

namespace Aspire.Hosting;

/// <summary>What an application is made from.</summary>
public sealed class DistributedApplicationOptions
{
    public string? ContainerRegistryOverride { get; set; }

    public bool EnableResourceLogging { get; set; }

    public string[]? Args { get; set; }

    public string? AssemblyName { get; set; }

    public bool DisableDashboard { get; set; }

    public string? ProjectDirectory { get; set; }

    public string? DashboardApplicationName { get; set; }

    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>The assembly of the AppHost: the named one, or the one the process started with.</summary>
    internal Assembly? Assembly => AssemblyName is { } name ? Assembly.Load(name) : Assembly.GetEntryAssembly();
}

using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// Lets Aspire.Hosting.Testing take part while an AppHost's own code builds the application. It flows with the execution
/// context, so AppHosts under test do not meet.
/// </summary>
internal abstract class BuilderInterceptor
{
    public static AsyncLocal<BuilderInterceptor?> Current { get; } = new();

    public abstract void OnConstructing(
        DistributedApplicationOptions options,
        HostApplicationBuilderSettings hostBuilderSettings
    );

    public abstract void OnConstructed(DistributedApplicationBuilder builder);

    public abstract void OnBuilding(DistributedApplicationBuilder builder);

    public abstract void OnBuilt(DistributedApplication application);
}

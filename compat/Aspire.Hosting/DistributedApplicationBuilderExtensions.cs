using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>Finds resources that are already declared.</summary>
public static class DistributedApplicationBuilderExtensions
{
    public static IResourceBuilder<T> CreateResourceBuilder<T>(this IDistributedApplicationBuilder builder, string name)
        where T : IResource =>
        builder.TryCreateResourceBuilder<T>(name, out var resourceBuilder)
            ? resourceBuilder
            : throw new InvalidOperationException($"There is no {typeof(T).Name} named '{name}'.");

    public static bool TryCreateResourceBuilder<T>(
        this IDistributedApplicationBuilder builder,
        string name,
        [NotNullWhen(true)] out IResourceBuilder<T>? resourceBuilder
    )
        where T : IResource
    {
        resourceBuilder =
            builder.Resources.TryGetByName(name, out var resource) && resource is T typed
                ? builder.CreateResourceBuilder(typed)
                : null;
        return resourceBuilder is not null;
    }
}

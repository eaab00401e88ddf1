using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Health;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Lets a registered health check speak for the resource.</summary>
    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource =>
        builder.Resource.Annotations.OfType<HealthCheckAnnotation>().Any(check => check.Key == key)
            ? throw new DistributedApplicationException(
                $"The resource '{builder.Resource.Name}' already has the health check '{key}'."
            )
            : builder.WithAnnotation(new HealthCheckAnnotation(key));

    /// <summary>The resource is healthy when this path answers with this status.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder,
        string? path = null,
        int? statusCode = null,
        string? endpointName = null
    )
        where T : IResourceWithEndpoints
    {
        var endpoint = builder.FindHttpEndpoint(endpointName);
        return builder.WithHttpHealthCheck(() => endpoint, path, statusCode);
    }

    /// <summary>The resource is healthy when this path answers with this status.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder,
        Func<EndpointReference>? endpointSelector,
        string? path = null,
        int? statusCode = null
    )
        where T : IResourceWithEndpoints
    {
        var endpoint = endpointSelector?.Invoke() ?? builder.FindHttpEndpoint(null);
        if (endpoint is { Exists: true, IsHttp: false, IsHttps: false })
        {
            throw new DistributedApplicationException(
                $"The endpoint '{endpoint.EndpointName}' of '{endpoint.Resource.Name}' does not speak HTTP."
            );
        }

        var status = statusCode ?? 200;
        var effectivePath = path ?? "/";
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{effectivePath}_{status}_check";
        builder
            .ApplicationBuilder.Services.AddHealthChecks()
            .Add(
                new(
                    key,
                    services => new HttpEndpointHealthCheck(
                        endpoint,
                        effectivePath,
                        status,
                        services.GetRequiredService<IHttpClientFactory>()
                    ),
                    failureStatus: null,
                    tags: null
                )
            );
        return builder.WithHealthCheck(key);
    }

    /// <summary>The named endpoint; else the first http or https one, or "http" if it is still to come.</summary>
    private static EndpointReference FindHttpEndpoint<T>(this IResourceBuilder<T> builder, string? endpointName)
        where T : IResourceWithEndpoints =>
        endpointName is not null
            ? builder.GetEndpoint(endpointName)
            : builder
                .Resource.GetEndpoints()
                .FirstOrDefault(endpoint => endpoint is { Exists: true } && (endpoint.IsHttp || endpoint.IsHttps))
                ?? builder.GetEndpoint("http");
}

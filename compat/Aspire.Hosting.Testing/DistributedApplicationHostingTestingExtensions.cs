using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;

namespace Aspire.Hosting.Testing;

/// <summary>Reaches the resources of an application under test.</summary>
public static class DistributedApplicationHostingTestingExtensions
{
    /// <summary>A client for the named endpoint, or for http, or for https.</summary>
    public static HttpClient CreateHttpClient(
        this DistributedApplication app,
        string resourceName,
        string? endpointName = null
    )
    {
        var client = app.Services.GetRequiredService<IHttpClientFactory>().CreateClient();
        client.BaseAddress = app.GetEndpoint(resourceName, endpointName);
        return client;
    }

    public static ValueTask<string?> GetConnectionStringAsync(
        this DistributedApplication app,
        string resourceName,
        CancellationToken cancellationToken = default
    ) =>
        app.GetResource(resourceName) is IResourceWithConnectionString resource
            ? resource.GetConnectionStringAsync(cancellationToken)
            : throw new ArgumentException(
                $"The resource '{resourceName}' has no connection string.",
                nameof(resourceName)
            );

    public static Uri GetEndpoint(this DistributedApplication app, string resourceName, string? endpointName = null) =>
        app.GetEndpointForNetwork(resourceName, networkIdentifier: null, endpointName);

    public static Uri GetEndpointForNetwork(
        this DistributedApplication app,
        string resourceName,
        NetworkIdentifier? networkIdentifier,
        string? endpointName = null
    )
    {
        if (app.GetResource(resourceName) is not IResourceWithEndpoints resource)
        {
            throw new InvalidOperationException($"The resource '{resourceName}' has no endpoints.");
        }

        var endpoint = (endpointName is null ? ["http", "https"] : new[] { endpointName })
            .Select(name => new EndpointReference(resource, name, networkIdentifier))
            .FirstOrDefault(reference => reference.Exists);
        return endpoint switch
        {
            null => throw new ArgumentException(
                $"The resource '{resourceName}' has no endpoint '{endpointName ?? "http"}'.",
                nameof(endpointName)
            ),
            { IsAllocated: false } => throw new InvalidOperationException(
                $"The endpoint '{endpoint.EndpointName}' of '{resourceName}' has no address: the application is not started."
            ),
            _ => new Uri(endpoint.Url),
        };
    }

    private static IResource GetResource(this DistributedApplication app, string name) =>
        app.Services.GetRequiredService<DistributedApplicationModel>().Resources.TryGetByName(name, out var resource)
            ? resource
            : throw new ArgumentException($"There is no resource '{name}'.", nameof(name));
}

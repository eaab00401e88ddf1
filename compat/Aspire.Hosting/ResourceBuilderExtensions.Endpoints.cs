using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    /// <summary>Changes an endpoint, and makes it first if need be.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        [EndpointName] string endpointName,
        Action<EndpointAnnotation> callback,
        bool createIfNotExists = true
    )
        where T : IResourceWithEndpoints
    {
        var endpoint = builder
            .Resource.Annotations.OfType<EndpointAnnotation>()
            .FirstOrDefault(known => string.Equals(known.Name, endpointName, StringComparison.OrdinalIgnoreCase));
        if (endpoint is not null)
        {
            callback(endpoint);
        }
        else if (createIfNotExists)
        {
            endpoint = new EndpointAnnotation(ProtocolType.Tcp, name: endpointName);
            callback(endpoint);
            builder.WithAnnotation(endpoint);
        }

        return builder;
    }

    /// <summary>Adds an endpoint.</summary>
    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? scheme = null,
        [EndpointName] string? name = null,
        string? env = null,
        bool? isProxied = null,
        bool? isExternal = null,
        ProtocolType? protocol = null
    )
        where T : IResourceWithEndpoints
    {
        var endpoint = new EndpointAnnotation(
            protocol ?? ProtocolType.Tcp,
            uriScheme: scheme,
            name: name,
            port: port,
            targetPort: targetPort,
            isExternal: isExternal,
            isProxied: isProxied
        );
        if (
            builder
                .Resource.Annotations.OfType<EndpointAnnotation>()
                .Any(known => string.Equals(known.Name, endpoint.Name, StringComparison.OrdinalIgnoreCase))
        )
        {
            throw new DistributedApplicationException(
                $"The resource '{builder.Resource.Name}' already has an endpoint named '{endpoint.Name}'."
            );
        }

        if (env is not null)
        {
            if (builder.Resource is not IResourceWithEnvironment resource)
            {
                throw new InvalidOperationException(
                    $"The resource '{builder.Resource.Name}' takes no environment variables."
                );
            }

            var targetPortReference = new EndpointReference(builder.Resource, endpoint).Property(
                EndpointProperty.TargetPort
            );
            resource.Annotations.Add(
                new EnvironmentCallbackAnnotation(context => context.EnvironmentVariables[env] = targetPortReference)
            );
        }

        return builder.WithAnnotation(endpoint);
    }

    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        [EndpointName] string? name = null,
        string? env = null,
        bool? isProxied = null
    )
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    public static IResourceBuilder<T> WithHttpsEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        [EndpointName] string? name = null,
        string? env = null,
        bool? isProxied = null
    )
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "https", name, env, isProxied);

    /// <summary>Makes the http and https endpoints reachable from outside, where the application is deployed.</summary>
    public static IResourceBuilder<T> WithExternalHttpEndpoints<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (endpoint.UriScheme is "http" or "https")
            {
                endpoint.IsExternal = true;
            }
        }

        return builder;
    }

    public static EndpointReference GetEndpoint<T>(
        this IResourceBuilder<T> builder,
        [EndpointName] string name,
        NetworkIdentifier contextNetworkId
    )
        where T : IResourceWithEndpoints => builder.Resource.GetEndpoint(name, contextNetworkId);

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, [EndpointName] string name)
        where T : IResourceWithEndpoints => builder.Resource.GetEndpoint(name);

    public static IResourceBuilder<T> AsHttp2Service<T>(this IResourceBuilder<T> builder)
        where T : IResourceWithEndpoints
    {
        foreach (var endpoint in builder.Resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (endpoint.UriScheme is "http" or "https")
            {
                endpoint.Transport = "http2";
            }
        }

        return builder;
    }
}

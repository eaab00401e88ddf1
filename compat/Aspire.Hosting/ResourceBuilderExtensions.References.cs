using System.Globalization;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithConnectionProperty<T>(
        this IResourceBuilder<T> builder,
        string name,
        ReferenceExpression value
    )
        where T : IResourceWithConnectionString =>
        builder.WithAnnotation(new ConnectionPropertyAnnotation(name, value));

    public static IResourceBuilder<T> WithConnectionProperty<T>(
        this IResourceBuilder<T> builder,
        string name,
        string value
    )
        where T : IResourceWithConnectionString =>
        builder.WithConnectionProperty(name, ReferenceExpression.Create($"{value}"));

    public static IResourceBuilder<T> WithConnectionStringRedirection<T>(
        this IResourceBuilder<T> builder,
        IResourceWithConnectionString resource
    )
        where T : IResourceWithConnectionString =>
        builder.WithAnnotation(
            new ConnectionStringRedirectAnnotation(resource),
            ResourceAnnotationMutationBehavior.Replace
        );

    public static IResourceBuilder<TDestination> WithReferenceEnvironment<TDestination>(
        this IResourceBuilder<TDestination> builder,
        ReferenceEnvironmentInjectionFlags flags
    )
        where TDestination : IResourceWithEnvironment =>
        builder.WithAnnotation(
            new ReferenceEnvironmentInjectionAnnotation(flags),
            ResourceAnnotationMutationBehavior.Replace
        );

    /// <summary>Gives the resource the connection string of another, and its connection properties.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false
    )
        where TDestination : IResourceWithEnvironment
    {
        var given = source.Resource;
        var resource = given.TryGetLastAnnotation<ConnectionStringRedirectAnnotation>(out var redirect)
            ? redirect.Resource
            : given;
        var name = connectionName ?? given.Name;
        builder.WithReferenceRelationship(given);

        return builder.WithEnvironment(context =>
        {
            if (context.Resource.Injects(ReferenceEnvironmentInjectionFlags.ConnectionString))
            {
                var variable = given.ConnectionStringEnvironmentVariable ?? $"ConnectionStrings__{name}";
                context.EnvironmentVariables[variable] = new ConnectionStringReference(resource, optional);
            }

            if (context.Resource.Injects(ReferenceEnvironmentInjectionFlags.ConnectionProperties))
            {
                foreach (var (property, value) in resource.GetAllConnectionProperties())
                {
                    context.EnvironmentVariables[
                        $"{EnvironmentVariableName.Encode(name)}_{property.ToUpperInvariant()}"
                    ] = value;
                }
            }
        });
    }

    public static ReferenceExpression GetConnectionProperty(this IResourceWithConnectionString resource, string key) =>
        resource
            .GetAllConnectionProperties()
            .Where(property => string.Equals(property.Key, key, StringComparison.OrdinalIgnoreCase))
            .Select(property => property.Value)
            .LastOrDefault()
        ?? ReferenceExpression.Empty;

    /// <summary>Tells the resource where another is: all of its endpoints.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source
    )
        where TDestination : IResourceWithEnvironment =>
        builder.ReferToEndpoints(source.Resource, source.Resource.Name, endpointName: null);

    /// <summary>Tells the resource where another is, which it knows by this name.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithServiceDiscovery> source,
        string name
    )
        where TDestination : IResourceWithEnvironment =>
        builder.ReferToEndpoints(source.Resource, name, endpointName: null);

    /// <summary>Tells the resource where a service outside the application is.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        string name,
        Uri uri
    )
        where TDestination : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri || uri.AbsolutePath != "/")
        {
            throw new InvalidOperationException($"'{uri}' must be absolute and without a path.");
        }

        return builder.WithEnvironment($"services__{name}__default__0", uri.ToString());
    }

    /// <summary>Tells the resource where a service outside the application is.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<ExternalServiceResource> externalService
    )
        where TDestination : IResourceWithEnvironment
    {
        var service = externalService.Resource;
        builder.WithReferenceRelationship(service);
        return builder.WithEnvironment(async context =>
        {
            var scheme = service.Uri?.Scheme;
            if (scheme is null && context.ExecutionContext.IsRunMode)
            {
                var url = await service.UrlParameter!.GetValueAsync(context.CancellationToken).ConfigureAwait(false);
                scheme = new Uri(url!).Scheme;
            }

            scheme ??= "default";
            if (context.Resource.Injects(ReferenceEnvironmentInjectionFlags.Endpoints))
            {
                context.EnvironmentVariables[EnvironmentVariableName.Encode(service.Name)] = service.UrlValue;
            }

            if (context.Resource.Injects(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
            {
                context.EnvironmentVariables[$"services__{service.Name}__{scheme}__0"] = service.UrlValue;
            }
        });
    }

    /// <summary>Tells the resource where one endpoint of another is.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        EndpointReference endpointReference
    )
        where TDestination : IResourceWithEnvironment =>
        builder.ReferToEndpoints(
            endpointReference.Resource,
            endpointReference.Resource.Name,
            endpointReference.EndpointName
        );

    internal static IEnumerable<KeyValuePair<string, ReferenceExpression>> GetAllConnectionProperties(
        this IResourceWithConnectionString resource
    )
    {
        // What was added by hand replaces what the resource has by itself.
        var properties = new Dictionary<string, ReferenceExpression>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in resource.GetConnectionProperties())
        {
            properties[name] = value;
        }

        foreach (var property in resource.Annotations.OfType<ConnectionPropertyAnnotation>())
        {
            properties[property.Name] = property.Value;
        }

        return properties;
    }

    private static bool Injects(this IResource resource, ReferenceEnvironmentInjectionFlags flag) =>
        !resource.TryGetLastAnnotation<ReferenceEnvironmentInjectionAnnotation>(out var annotation)
        || annotation.Flags.HasFlag(flag);

    private static IResourceBuilder<T> ReferToEndpoints<T>(
        this IResourceBuilder<T> builder,
        IResourceWithEndpoints resource,
        string name,
        string? endpointName
    )
        where T : IResourceWithEnvironment
    {
        builder.WithReferenceRelationship(resource);

        // Several references to one resource add up to one list of its endpoints.
        var reference = builder
            .Resource.Annotations.OfType<EndpointReferenceAnnotation>()
            .FirstOrDefault(annotation => annotation.Resource == resource);
        if (reference is null)
        {
            reference = new EndpointReferenceAnnotation(resource);
            builder.WithAnnotation(reference);
            builder.WithEnvironment(context => AddEndpoints(context, reference, name));
        }

        if (endpointName is null)
        {
            reference.UseAllEndpoints = true;
        }
        else
        {
            reference.EndpointNames.Add(endpointName);
        }

        return builder;
    }

    private static void AddEndpoints(
        EnvironmentCallbackContext context,
        EndpointReferenceAnnotation reference,
        string name
    )
    {
        var indexes = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var endpoint in reference.Resource.GetEndpoints())
        {
            var isNamed = reference.EndpointNames.Contains(endpoint.EndpointName);
            if (!isNamed && (!reference.UseAllEndpoints || endpoint.ExcludeReferenceEndpoint))
            {
                continue;
            }

            if (context.Resource.Injects(ReferenceEnvironmentInjectionFlags.Endpoints))
            {
                var prefix = EnvironmentVariableName.Encode(name);
                var suffix = EnvironmentVariableName.Encode(endpoint.EndpointName);
                context.EnvironmentVariables[$"{prefix}_{suffix}"] = endpoint;
            }

            if (context.Resource.Injects(ReferenceEnvironmentInjectionFlags.ServiceDiscovery))
            {
                var key = endpoint.IsHttpSchemeNamedEndpoint ? endpoint.Scheme : endpoint.EndpointName;
                var index = indexes.GetValueOrDefault(key);
                indexes[key] = index + 1;
                context.EnvironmentVariables[
                    string.Create(CultureInfo.InvariantCulture, $"services__{name}__{key}__{index}")
                ] = endpoint;
            }
        }
    }
}

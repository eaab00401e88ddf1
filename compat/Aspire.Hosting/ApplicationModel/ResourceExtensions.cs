using System.Diagnostics.CodeAnalysis;
using Aspire.Hosting.Publishing;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Questions to a resource.</summary>
public static class ResourceExtensions
{
    public static bool TryGetLastAnnotation<T>(this IResource resource, [NotNullWhen(true)] out T? annotation)
        where T : IResourceAnnotation
    {
        annotation = resource.Annotations.Snapshot().OfType<T>().LastOrDefault();
        return annotation is not null;
    }

    public static bool TryGetAnnotationsOfType<T>(
        this IResource resource,
        [NotNullWhen(true)] out IEnumerable<T>? result
    )
        where T : IResourceAnnotation
    {
        var found = resource.Annotations.Snapshot().OfType<T>().ToArray();
        result = found.Length > 0 ? found : null;
        return result is not null;
    }

    public static bool HasAnnotationOfType<T>(this IResource resource)
        where T : IResourceAnnotation => resource.Annotations.Snapshot().OfType<T>().Any();

    public static bool TryGetAnnotationsIncludingAncestorsOfType<T>(
        this IResource resource,
        [NotNullWhen(true)] out IEnumerable<T>? result
    )
        where T : IResourceAnnotation
    {
        var found = resource
            .WithAncestors()
            .SelectMany(ancestor => ancestor.Annotations.Snapshot().OfType<T>())
            .ToArray();
        result = found.Length > 0 ? found : null;
        return result is not null;
    }

    public static bool HasAnnotationIncludingAncestorsOfType<T>(this IResource resource)
        where T : IResourceAnnotation => resource.TryGetAnnotationsIncludingAncestorsOfType<T>(out _);

    public static bool TryGetEnvironmentVariables(
        this IResource resource,
        [NotNullWhen(true)] out IEnumerable<EnvironmentCallbackAnnotation>? environmentVariables
    ) => resource.TryGetAnnotationsOfType(out environmentVariables);

    public static bool IsExcludedFromPublish(this IResource resource) =>
        resource.TryGetLastAnnotation<ManifestPublishingCallbackAnnotation>(out var annotation)
        && annotation == ManifestPublishingCallbackAnnotation.Ignore;

    public static bool TryGetContainerMounts(
        this IResource resource,
        [NotNullWhen(true)] out IEnumerable<ContainerMountAnnotation>? volumeMounts
    ) => resource.TryGetAnnotationsOfType(out volumeMounts);

    public static bool TryGetEndpoints(
        this IResource resource,
        [NotNullWhen(true)] out IEnumerable<EndpointAnnotation>? endpoints
    ) => resource.TryGetAnnotationsOfType(out endpoints);

    public static bool TryGetUrls(
        this IResource resource,
        [NotNullWhen(true)] out IEnumerable<ResourceUrlAnnotation>? urls
    ) => resource.TryGetAnnotationsOfType(out urls);

    public static IEnumerable<EndpointReference> GetEndpoints(this IResourceWithEndpoints resource) =>
        resource
            .Annotations.Snapshot()
            .OfType<EndpointAnnotation>()
            .Select(endpoint => new EndpointReference(resource, endpoint));

    public static IEnumerable<EndpointReference> GetEndpoints(
        this IResourceWithEndpoints resource,
        NetworkIdentifier contextNetworkId
    ) =>
        resource
            .Annotations.Snapshot()
            .OfType<EndpointAnnotation>()
            .Select(endpoint => new EndpointReference(resource, endpoint, contextNetworkId));

    public static EndpointReference GetEndpoint(this IResourceWithEndpoints resource, string endpointName) =>
        new(resource, endpointName);

    public static EndpointReference GetEndpoint(
        this IResourceWithEndpoints resource,
        string endpointName,
        NetworkIdentifier contextNetworkId
    ) => new(resource, endpointName, contextNetworkId);

    public static bool TryGetContainerImageName(this IResource resource, [NotNullWhen(true)] out string? imageName)
    {
        if (!resource.TryGetLastAnnotation<ContainerImageAnnotation>(out var image))
        {
            imageName = null;
            return false;
        }

        var registry = string.IsNullOrEmpty(image.Registry) ? "" : $"{image.Registry}/";
        var version = image switch
        {
            { SHA256: { Length: > 0 } sha } => $"@sha256:{sha}",
            { Tag: { Length: > 0 } tag } => $":{tag}",
            _ => "",
        };
        imageName = $"{registry}{image.Image}{version}";
        return true;
    }

    public static int GetReplicaCount(this IResource resource) =>
        resource.TryGetLastAnnotation<ReplicaAnnotation>(out var annotation) ? annotation.Replicas : 1;

    /// <summary>The identities of the running copies; the name itself before there are any.</summary>
    internal static string[] GetResolvedResourceNames(this IResource resource) =>
        resource.TryGetLastAnnotation<DcpInstancesAnnotation>(out var annotation)
            ? [.. annotation.Instances.Select(instance => instance.Name)]
            : [resource.Name];

    /// <summary>The resource that this one is a part of, by its type or by a relation.</summary>
    internal static IResource? GetParent(this IResource resource) =>
        (resource as IResourceWithParent)?.Parent
        ?? resource
            .Annotations.Snapshot()
            .OfType<ResourceRelationshipAnnotation>()
            .LastOrDefault(relation => relation.Type == KnownRelationshipTypes.Parent)
            ?.Resource;

    /// <summary>The resource and those it is a part of by its type, innermost first.</summary>
    internal static IEnumerable<IResource> WithAncestors(this IResource resource)
    {
        for (IResource? current = resource; current is not null; current = (current as IResourceWithParent)?.Parent)
        {
            yield return current;
        }
    }
}

using System.Collections.Immutable;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Finds the links of a resource: those of its endpoints, and what the model makes of them.</summary>
internal static class ResourceUrls
{
    public static async Task<ImmutableArray<UrlSnapshot>> EvaluateAsync(
        IResource resource,
        DistributedApplicationExecutionContext execution,
        CancellationToken cancellationToken
    )
    {
        var urls = new List<ResourceUrlAnnotation>();
        if (resource is IResourceWithEndpoints withEndpoints)
        {
            urls.AddRange(
                withEndpoints
                    .GetEndpoints()
                    .Where(endpoint => endpoint.IsAllocated)
                    .Select(endpoint => new ResourceUrlAnnotation { Url = endpoint.Url, Endpoint = endpoint })
            );
        }

        urls.AddRange(resource.Annotations.OfType<ResourceUrlAnnotation>());
        var context = new ResourceUrlsCallbackContext(execution, resource, urls, cancellationToken);
        foreach (var annotation in resource.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ToArray())
        {
            await annotation.Callback(context).ConfigureAwait(false);
        }

        return [.. context.Urls.Where(url => !string.IsNullOrEmpty(url.Url)).Select(ToSnapshot)];
    }

    private static UrlSnapshot ToSnapshot(ResourceUrlAnnotation url) =>
        new(url.Endpoint?.EndpointName, Absolute(url), url.DisplayLocation == UrlDisplayLocation.DetailsOnly)
        {
            DisplayProperties = new UrlDisplayPropertiesSnapshot(url.DisplayText ?? "", url.DisplayOrder ?? 0),
            IsInactive = true,
        };

    /// <summary>A path alone belongs to the endpoint.</summary>
    private static string Absolute(ResourceUrlAnnotation url) =>
        url.Url.StartsWith('/') && url.Endpoint is { } endpoint
            ? new Uri(new Uri(endpoint.Url), url.Url).ToString()
            : url.Url;
}

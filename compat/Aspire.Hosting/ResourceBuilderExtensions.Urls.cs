using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

public static partial class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithUrls<T>(
        this IResourceBuilder<T> builder,
        Action<ResourceUrlsCallbackContext> callback
    )
        where T : IResource => builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));

    public static IResourceBuilder<T> WithUrls<T>(
        this IResourceBuilder<T> builder,
        Func<ResourceUrlsCallbackContext, Task> callback
    )
        where T : IResource => builder.WithAnnotation(new ResourceUrlsCallbackAnnotation(callback));

    public static IResourceBuilder<T> WithUrl<T>(
        this IResourceBuilder<T> builder,
        string url,
        string? displayText = null
    )
        where T : IResource =>
        builder.WithAnnotation(new ResourceUrlAnnotation { Url = url, DisplayText = displayText });

    public static IResourceBuilder<T> WithUrl<T>(
        this IResourceBuilder<T> builder,
        in ReferenceExpression.ExpressionInterpolatedStringHandler url,
        string? displayText = null
    )
        where T : IResource => builder.WithUrl(url.GetExpression(), displayText);

    public static IResourceBuilder<T> WithUrl<T>(
        this IResourceBuilder<T> builder,
        ReferenceExpression url,
        string? displayText = null
    )
        where T : IResource =>
        builder.WithUrls(async context =>
        {
            if (await url.GetValueAsync(context.CancellationToken).ConfigureAwait(false) is { Length: > 0 } value)
            {
                var endpoint = url.ValueProviders.OfType<EndpointReference>().FirstOrDefault();
                context.Urls.Add(
                    new ResourceUrlAnnotation
                    {
                        Url = value,
                        DisplayText = displayText,
                        Endpoint = endpoint?.Resource == context.Resource as IResourceWithEndpoints ? endpoint : null,
                    }
                );
            }
        });

    /// <summary>Changes the URL of an endpoint.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(
        this IResourceBuilder<T> builder,
        string endpointName,
        Action<ResourceUrlAnnotation> callback
    )
        where T : IResource =>
        builder.WithUrls(context =>
        {
            var url = context.Urls.FirstOrDefault(candidate =>
                string.Equals(candidate.Endpoint?.EndpointName, endpointName, StringComparison.OrdinalIgnoreCase)
            );
            if (url is not null)
            {
                callback(url);
            }
        });

    /// <summary>Adds a URL to an endpoint. A relative one begins where the endpoint's own ends.</summary>
    public static IResourceBuilder<T> WithUrlForEndpoint<T>(
        this IResourceBuilder<T> builder,
        string endpointName,
        Func<EndpointReference, ResourceUrlAnnotation> callback
    )
        where T : IResourceWithEndpoints =>
        builder.WithUrls(context =>
        {
            if (context.GetEndpoint(endpointName) is { } endpoint)
            {
                context.Urls.Add(callback(endpoint).WithEndpoint(endpoint));
            }
        });
}

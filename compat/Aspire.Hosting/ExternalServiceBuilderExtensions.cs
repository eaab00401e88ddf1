using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting;

/// <summary>A service that runs elsewhere.</summary>
public sealed class ExternalServiceResource : Resource
{
    public ExternalServiceResource(string name, Uri uri)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(uri);
        if (!uri.IsAbsoluteUri || uri.PathAndQuery is not "/" || uri.Fragment.Length > 0)
        {
            throw new ArgumentException($"'{uri}' must be absolute, and its path '/'.", nameof(uri));
        }

        Uri = uri;
    }

    public ExternalServiceResource(string name, ParameterResource urlParameter)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(urlParameter);
        UrlParameter = urlParameter;
    }

    public Uri? Uri { get; }

    public ParameterResource? UrlParameter { get; }

    internal object UrlValue => Uri?.ToString() ?? (object)UrlParameter!;
}

/// <summary>Adds services that run elsewhere.</summary>
public static class ExternalServiceBuilderExtensions
{
    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        string url
    ) => builder.AddExternalService(name, new Uri(url, UriKind.Absolute));

    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        Uri uri
    ) => builder.Add(new ExternalServiceResource(name, uri)).WithUrl(uri.ToString());

    public static IResourceBuilder<ExternalServiceResource> AddExternalService(
        this IDistributedApplicationBuilder builder,
        [ResourceName] string name,
        IResourceBuilder<ParameterResource> urlParameter
    ) =>
        builder
            .Add(new ExternalServiceResource(name, urlParameter.Resource))
            .WithUrls(async context =>
                context.Urls.Add(
                    new ResourceUrlAnnotation
                    {
                        Url = (
                            await urlParameter.Resource.GetValueAsync(context.CancellationToken).ConfigureAwait(false)
                        )!,
                    }
                )
            )
            .WithReferenceRelationship(urlParameter);

    private static IResourceBuilder<ExternalServiceResource> Add(
        this IDistributedApplicationBuilder builder,
        ExternalServiceResource service
    ) =>
        builder
            .AddResource(service)
            .ExcludeFromManifest()
            .WithInitialState(
                new CustomResourceSnapshot
                {
                    ResourceType = KnownResourceTypes.ExternalService,
                    State = KnownResourceStates.NotStarted,
                    Properties = [],
                }
            );
}

using Aspire.Hosting.JavaScript;

namespace MsaShop.AppHost.Dashboard;

/// <summary>Icons (named as in Fluent UI) and links for the dashboard. None of it is in the manifest.</summary>
internal static class DashboardExtensions
{
    public static IResourceBuilder<T> WithPage<T>(this IResourceBuilder<T> resource, string path, string text)
        where T : IResourceWithEndpoints =>
        resource.WithUrlForEndpoint("http", _ => new() { Url = path, DisplayText = text });

    /// <summary>
    /// Moves links that only programs and debugging need, the bare address and the health check, to the resource's
    /// details.
    /// </summary>
    public static IResourceBuilder<T> WithServiceLinks<T>(this IResourceBuilder<T> service)
        where T : IResourceWithEndpoints =>
        service
            .WithUrlForEndpoint(
                "http",
                url =>
                {
                    url.DisplayText = "Address";
                    url.DisplayLocation = UrlDisplayLocation.DetailsOnly;
                }
            )
            .WithUrlForEndpoint(
                "http",
                _ =>
                    new()
                    {
                        Url = "/health",
                        DisplayText = "Health",
                        DisplayLocation = UrlDisplayLocation.DetailsOnly,
                    }
            );

    /// <summary>Shows the address of a server that no browser can talk to.</summary>
    public static IResourceBuilder<T> WithServerAddress<T>(this IResourceBuilder<T> server)
        where T : IResourceWithEndpoints =>
        server.WithUrlForEndpoint("tcp", url => url.DisplayText = new Uri(url.Url).Authority);

    /// <summary>Sets the application's icon, and that of its package installer if there is one.</summary>
    public static IResourceBuilder<T> WithIconNames<T>(
        this IResourceBuilder<T> application,
        string icon,
        string installer
    )
        where T : JavaScriptAppResource
    {
        if (application.Resource.TryGetLastAnnotation<JavaScriptPackageInstallerAnnotation>(out var annotation))
        {
            application.ApplicationBuilder.CreateResourceBuilder(annotation.Resource).WithIconName(installer);
        }

        return application.WithIconName(icon);
    }
}

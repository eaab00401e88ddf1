using Aspire.Hosting.JavaScript;

namespace MsaShop.AppHost.Dashboard;

/// <summary>Icons (names of Fluent UI) and links in the dashboard. None of it is in the manifest.</summary>
internal static class DashboardExtensions
{
    /// <summary>Links a page of the resource.</summary>
    public static IResourceBuilder<T> WithPage<T>(this IResourceBuilder<T> resource, string path, string text)
        where T : IResourceWithEndpoints =>
        resource.WithUrlForEndpoint("http", _ => new() { Url = path, DisplayText = text });

    /// <summary>
    /// Links that only programs or troubleshooters need, in the resource's details alone: its address without a page, and
    /// its health.
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

    /// <summary>Shows the address of a server without web pages.</summary>
    public static IResourceBuilder<T> WithServerAddress<T>(this IResourceBuilder<T> server)
        where T : IResourceWithEndpoints =>
        server.WithUrlForEndpoint("tcp", url => url.DisplayText = new Uri(url.Url).Authority);

    /// <summary>Sets the icons of an application and of its package installer, if it has one.</summary>
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

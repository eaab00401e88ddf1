using Aspire.Hosting.JavaScript;

namespace MsaShop.AppHost.Dashboard;

/// <summary>
/// What the dashboard shows of a resource beside its state: an icon, by its name among Fluent UI's, and links with texts.
/// None of it is in the manifest.
/// </summary>
internal static class DashboardExtensions
{
    /// <summary>Links a page of the resource.</summary>
    public static IResourceBuilder<T> WithPage<T>(this IResourceBuilder<T> resource, string path, string text)
        where T : IResourceWithEndpoints =>
        resource.WithUrlForEndpoint("http", _ => new() { Url = path, DisplayText = text });

    /// <summary>
    /// Links what is only for programs, or for somebody who looks for a fault, in the resource's details alone: its address,
    /// where no page is, and its health.
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

    /// <summary>Shows where a server listens that no browser can talk to.</summary>
    public static IResourceBuilder<T> WithServerAddress<T>(this IResourceBuilder<T> server)
        where T : IResourceWithEndpoints =>
        server.WithUrlForEndpoint("tcp", url => url.DisplayText = new Uri(url.Url).Authority);

    /// <summary>Gives the application an icon, and one to what installs its packages, where that has to be done.</summary>
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

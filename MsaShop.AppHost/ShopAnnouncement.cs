using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaShop.AppHost.Starting;

namespace MsaShop.AppHost;

internal static class ShopAnnouncement
{
    /// <summary>Logs the addresses of storefront, gateway and dashboard once the storefront is healthy.</summary>
    public static void AnnounceWhenHealthy(
        this IDistributedApplicationBuilder builder,
        IResourceBuilder<IResourceWithEndpoints> storefront,
        IResourceBuilder<IResourceWithEndpoints> gateway
    )
    {
        if (builder.ExecutionContext.IsPublishMode)
        {
            return;
        }

        // On random ports, only the host's own line above has the dashboard's address.
        var dashboard =
            !builder.HasRandomPorts() && builder.Configuration["ASPNETCORE_URLS"]?.Split(';')[0] is { Length: > 0 } url
                ? $"{url}/login?t={builder.Configuration["AppHost:BrowserToken"]}"
                : "see above";

        // The storefront is the last: it waits for the gateway, and that for everything else.
        storefront.OnResourceReady(
            (_, ready, _) =>
            {
                var logger = ready.Services.GetRequiredService<ILoggerFactory>().CreateLogger("MsaShop.AppHost");
                logger.LogInformation(
                    "The shop is open.\n  Storefront  {Storefront}\n  Gateway     {Gateway}\n  Dashboard   {Dashboard}",
                    storefront.GetEndpoint("http").Url,
                    gateway.GetEndpoint("http").Url,
                    dashboard
                );
                return Task.CompletedTask;
            }
        );
    }
}

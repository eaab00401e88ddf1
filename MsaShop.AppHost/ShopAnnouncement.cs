using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MsaShop.AppHost.Starting;

namespace MsaShop.AppHost;

/// <summary>Tells the developer where the shop is once it is up.</summary>
internal static class ShopAnnouncement
{
    /// <summary>Prints the addresses of storefront, gateway and dashboard when both resources are healthy.</summary>
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

        // With random ports, the host has just printed the dashboard's address.
        var dashboard =
            !builder.HasRandomPorts() && builder.Configuration["ASPNETCORE_URLS"]?.Split(';')[0] is { Length: > 0 } url
                ? $"{url}/login?t={builder.Configuration["AppHost:BrowserToken"]}"
                : "see above";

        // The storefront waits for the gateway, which waits for everything else.
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

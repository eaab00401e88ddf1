using Microsoft.AspNetCore.HttpOverrides;

namespace MsaShop.Gateway.Protection;

/// <summary>
/// Finds the client's address behind proxies such as the cluster's ingress. Only proxies in
/// <c>ForwardedHeaders:TrustedNetworks</c> are believed; by default there are none, and forwarded headers are ignored.
/// </summary>
internal static class ClientAddresses
{
    private const string Key = "ForwardedHeaders:TrustedNetworks";

    public static void AddClientAddresses(this IHostApplicationBuilder builder)
    {
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // The ingress is one proxy, the storefront's web server another. The first address outside the networks is the
            // client's.
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in Networks(builder.Configuration))
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            }
        });
    }

    /// <summary>With an empty list the middleware would believe everyone.</summary>
    public static void UseClientAddresses(this WebApplication app)
    {
        if (Networks(app.Configuration).Length > 0)
        {
            app.UseForwardedHeaders();
        }
    }

    private static string[] Networks(IConfiguration configuration) =>
        configuration.GetSection(Key).Get<string[]>() ?? [];
}

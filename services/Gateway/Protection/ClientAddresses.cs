using Microsoft.AspNetCore.HttpOverrides;

namespace MsaShop.Gateway.Protection;

/// <summary>
/// Who the client is when a proxy stands before the gateway, such as the cluster's ingress. Only proxies in the networks
/// of <c>ForwardedHeaders:TrustedNetworks</c> are believed; by default there are none, and whatever a client says about itself
/// is ignored.
/// </summary>
internal static class ClientAddresses
{
    private const string Key = "ForwardedHeaders:TrustedNetworks";

    /// <summary>Reads which proxies to believe.</summary>
    public static WebApplicationBuilder AddClientAddresses(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            // The ingress is one, the storefront's web server another; who is in none of the networks is the client.
            options.ForwardLimit = null;
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var network in Networks(builder.Configuration))
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(network));
            }
        });
        return builder;
    }

    /// <summary>Believes them, if there are any: with an empty list the middleware would believe everyone.</summary>
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

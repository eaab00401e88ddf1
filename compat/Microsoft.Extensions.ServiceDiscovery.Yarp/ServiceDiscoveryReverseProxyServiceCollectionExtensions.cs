using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.ServiceDiscovery.Yarp;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets YARP find its destinations by service discovery.</summary>
public static class ServiceDiscoveryReverseProxyServiceCollectionExtensions
{
    /// <summary>
    /// Resolves the host names of the configured destinations as service names, and again whenever they change.
    /// </summary>
    public static IReverseProxyBuilder AddServiceDiscoveryDestinationResolver(this IReverseProxyBuilder builder)
    {
        builder.Services.AddServiceDiscovery();
        builder.Services.Replace(
            ServiceDescriptor.Singleton<IDestinationResolver, ServiceDiscoveryDestinationResolver>()
        );
        return builder;
    }
}

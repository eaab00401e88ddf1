using System.Net;
using Microsoft.Extensions.Primitives;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.ServiceDiscovery;

namespace Microsoft.Extensions.ServiceDiscovery.Yarp;

/// <summary>Turns each configured destination into one for every endpoint that its service has.</summary>
internal sealed class ServiceDiscoveryDestinationResolver(ServiceEndpointResolver services) : IDestinationResolver
{
    public async ValueTask<ResolvedDestinationCollection> ResolveDestinationsAsync(
        IReadOnlyDictionary<string, DestinationConfig> destinations,
        CancellationToken cancellationToken
    )
    {
        var resolved = new Dictionary<string, DestinationConfig>();
        var changes = new List<IChangeToken>();

        foreach (var (name, destination) in destinations)
        {
            var service = new Uri(destination.Address);
            var found = await services
                .GetEndpointsAsync(service.GetLeftPart(UriPartial.Authority), cancellationToken)
                .ConfigureAwait(false);
            changes.Add(found.ChangeToken);

            foreach (var endpoint in found.Endpoints)
            {
                var address = AddressOf(endpoint.EndPoint, service);
                resolved[$"{name}[{address.Authority}]"] = destination with
                {
                    Address = address.AbsoluteUri,
                    Health = destination.Health is { } health
                        ? AddressOf(endpoint.EndPoint, new Uri(health)).AbsoluteUri
                        : null,
                    // The service sees the name it was called by, not the address behind it.
                    Host = destination.Host ?? service.Authority,
                };
            }
        }

        return new ResolvedDestinationCollection(resolved, new CompositeChangeToken(changes));
    }

    /// <summary>The service's URI with the endpoint's scheme, host and port in place of its own.</summary>
    private static Uri AddressOf(EndPoint endpoint, Uri service)
    {
        var builder = new UriBuilder(service);
        switch (endpoint)
        {
            case IPEndPoint ip:
                (builder.Host, builder.Port) = (ip.Address.ToString(), ip.Port > 0 ? ip.Port : service.Port);
                break;
            case DnsEndPoint dns:
                (builder.Host, builder.Port) = (dns.Host, dns.Port > 0 ? dns.Port : service.Port);
                break;
            default:
                // Service discovery's own URI endpoint is not public; it prints as the URI.
                var uri = new Uri(endpoint.ToString()!);
                (builder.Scheme, builder.Host, builder.Port) = (uri.Scheme, uri.Host, uri.Port);
                break;
        }

        return builder.Uri;
    }
}

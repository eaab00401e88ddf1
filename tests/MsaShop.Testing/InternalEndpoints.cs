using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.ServiceDefaults;
using Xunit;

namespace MsaShop.Testing;

/// <summary>What every service's endpoints for other services have in common.</summary>
public static partial class InternalEndpoints
{
    /// <summary>
    /// Asks every endpoint under <c>/internal</c>, as the service itself lists them, with all that is no service token
    /// for this service, and as every service that may not call: each must be refused before anything else is looked at.
    /// </summary>
    /// <param name="service">The service under test.</param>
    /// <param name="callers">Who may call there, each one of <see cref="ServiceNames"/>.</param>
    public static async Task AssertInternalIsClosedAsync<TProgram>(
        this ServiceFactory<TProgram> service,
        params string[] callers
    )
        where TProgram : class
    {
        ArgumentNullException.ThrowIfNull(service);
        var self = service.Services.GetRequiredService<ServiceIdentity>().Name;
        var other = self == ServiceNames.Users ? ServiceNames.Products : ServiceNames.Users;
        HttpClient[] strangers =
        [
            service.CreateAnonymousClient(),
            service.CreateClientFor(1),
            service.CreateAdminClient(),
            service.CreateAnonymousClient().WithToken(TestTokens.ForgedAccessToken(1, admin: true)),
            service.CreateAnonymousClient().WithToken(TestTokens.ServiceToken(callers[0], other)),
            service.CreateAnonymousClient().WithToken(TestTokens.ForgedServiceToken(callers[0], self)),
            service.CreateAnonymousClient().WithToken(TestTokens.AdminProof(self, 1)),
            // These two call nobody, and have no key that anybody believes.
            service.CreateServiceClient(ServiceNames.Products),
            service.CreateServiceClient(ServiceNames.Users),
        ];
        string[] all = [ServiceNames.Gateway, ServiceNames.Orders, ServiceNames.Payments];
        var others = all.Except(callers).Select(service.CreateServiceClient).ToList();
        Assert.NotEmpty(others);
        var endpoints = service
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.RoutePattern.RawText?.TrimStart('/').StartsWith("internal", StringComparison.Ordinal) == true
            )
            .ToList();
        Assert.NotEmpty(endpoints);

        foreach (var endpoint in endpoints)
        {
            var path = "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "1");
            foreach (var method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods)
            {
                foreach (var stranger in strangers)
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), path);
                    await stranger.SendAsync(request).ProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
                }

                foreach (var another in others)
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), path);
                    await another.SendAsync(request).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
                }
            }
        }
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}

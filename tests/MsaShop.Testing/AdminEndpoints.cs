using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using MsaShop.ServiceDefaults;
using MsaShop.ServiceDefaults.Authentication;
using Xunit;

namespace MsaShop.Testing;

/// <summary>What all endpoints for administrators have in common.</summary>
public static partial class AdminEndpoints
{
    /// <summary>
    /// Asks every endpoint for administrators that changes something or exports, as the service itself lists them, with an
    /// administrator's token that nobody has vouched for: each must be refused before anything else is looked at.
    /// </summary>
    public static async Task AssertATokenAloneMakesNoAdministratorAsync<TProgram>(this ServiceFactory<TProgram> service)
        where TProgram : class
    {
        ArgumentNullException.ThrowIfNull(service);
        var self = service.Services.GetRequiredService<ServiceIdentity>().Name;
        var other = self == ServiceNames.Orders ? ServiceNames.Payments : ServiceNames.Orders;
        string[] worthless =
        [
            "rubbish",
            TestTokens.AccessToken(UserId, admin: true),
            TestTokens.ServiceToken(ServiceNames.Gateway, self),
            TestTokens.AdminProof(self, UserId + 1),
            TestTokens.AdminProof(other, UserId),
            TestTokens.AdminProof(self, UserId, caller: other),
            TestTokens.AdminProof(self, UserId, age: TimeSpan.FromHours(2)),
        ];
        HttpClient[] strangers =
        [
            Administrator(),
            Administrator().WithAdminProof(worthless[3]).WithAdminProof(TestTokens.AdminProof(self, UserId)),
            .. worthless.Select(proof => Administrator().WithAdminProof(proof)),
        ];
        var endpoints = service
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(data => data.Policy == Policies.Admin)
            )
            .SelectMany(
                endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods,
                (endpoint, method) => (Path: PathOf(endpoint), Method: method)
            )
            .Where(request =>
                request.Method != HttpMethod.Get.Method || request.Path.EndsWith("/export", StringComparison.Ordinal)
            )
            .ToList();
        Assert.NotEmpty(endpoints);

        foreach (var (path, method) in endpoints)
        {
            foreach (var stranger in strangers)
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                await stranger.SendAsync(request).ProblemAsync(HttpStatusCode.Forbidden, "forbidden");
            }
        }

        HttpClient Administrator() => service.CreateClientFor(UserId, admin: true);
    }

    private const long UserId = 1;

    private static string PathOf(RouteEndpoint endpoint) =>
        "/" + Parameter().Replace(endpoint.RoutePattern.RawText!.TrimStart('/'), "1");

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Parameter();
}

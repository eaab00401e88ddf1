using MsaShop.Gateway.Protection;
using Yarp.ReverseProxy.Configuration;

namespace MsaShop.Gateway.Routing;

/// <summary>
/// What the gateway lets through, and to which service. Nothing else gets in: no route leads to <c>/internal</c>, and every
/// path that is not listed as public requires a valid access token.
/// </summary>
internal static class ServiceRoutes
{
    private const string Public = "anonymous";
    private const string SignedIn = "default";

    private static readonly string[] s_reads = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] s_post = [HttpMethods.Post];

    /// <summary>The services behind each part of the API.</summary>
    public static IReadOnlyDictionary<string, string> Services { get; } =
        new Dictionary<string, string>
        {
            ["users"] = ServiceNames.Users,
            ["products"] = ServiceNames.Products,
            ["orders"] = ServiceNames.Orders,
            ["payments"] = ServiceNames.Payments,
        };

    /// <summary>The more exact path goes before <c>/**</c>.</summary>
    public static IReadOnlyList<RouteConfig> All { get; } =
    [
        Route("users", "/signup", Public, s_post, RateLimits.SignIn),
        Route("users", "/login", Public, s_post, RateLimits.SignIn),
        Route("users", "/refresh", Public, s_post),
        Route("users", "/logout", Public, s_post),
        Route("users", "/{**rest}", SignedIn),
        Route("products", "/{**rest}", Public, s_reads),
        Route("products", "/{**rest}", SignedIn),
        Route("orders", "/{**rest}", SignedIn),
        Route("payments", "/webhooks/{**rest}", Public, s_post),
        Route("payments", "/client", Public, s_reads),
        Route("payments", "/confirm", SignedIn, s_post, RateLimits.Confirm),
        Route("payments", "/{**rest}", SignedIn),
        .. Services.Keys.Select(Document),
    ];

    private static RouteConfig Route(
        string part,
        string path,
        string authorization,
        string[]? methods = null,
        string? rateLimit = null
    ) =>
        new()
        {
            RouteId = $"{part}{path} {authorization}",
            ClusterId = Services[part],
            Match = new RouteMatch { Path = $"/api/{part}{path}", Methods = methods },
            AuthorizationPolicy = authorization,
            RateLimiterPolicy = rateLimit,
        };

    private static RouteConfig Document(string part) =>
        new()
        {
            RouteId = $"openapi/{part}",
            ClusterId = Services[part],
            Match = new RouteMatch { Path = $"/openapi/{part}.json", Methods = s_reads },
            AuthorizationPolicy = Public,
            Transforms = [new Dictionary<string, string> { ["PathSet"] = "/openapi/v1.json" }],
        };
}

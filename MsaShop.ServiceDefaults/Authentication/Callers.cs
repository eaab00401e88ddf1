using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>Which services may call an <c>/internal</c> endpoint. An endpoint that lists none accepts none.</summary>
public static class Callers
{
    /// <summary>Allows these services to call the endpoint, or all endpoints of the group.</summary>
    /// <param name="services">Names from <see cref="ServiceNames"/>.</param>
    public static TBuilder CalledBy<TBuilder>(this TBuilder endpoint, params string[] services)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new MayCallMetadata(services));

    /// <summary>Whether the endpoint lists the token's subject.</summary>
    internal static bool MayCall(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http
        && http.GetEndpoint()?.Metadata.GetMetadata<MayCallMetadata>() is { } list
        && list.Services.Contains(context.User.FindFirst(AccessTokens.SubjectClaim)?.Value);

    private sealed record MayCallMetadata(IReadOnlyList<string?> Services);
}

using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>The services that may call an <c>/internal</c> endpoint; by default none.</summary>
public static class Callers
{
    /// <summary>Lets these services call the endpoint, or the endpoints of the group.</summary>
    /// <param name="services">Each one of <see cref="ServiceNames"/>.</param>
    public static TBuilder CalledBy<TBuilder>(this TBuilder endpoint, params string[] services)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new MayCallMetadata(services));

    /// <summary>Whether the endpoint lists the service whose token this is.</summary>
    internal static bool MayCall(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http
        && http.GetEndpoint()?.Metadata.GetMetadata<MayCallMetadata>() is { } list
        && list.Services.Contains(context.User.FindFirst(AccessTokens.SubjectClaim)?.Value);

    private sealed record MayCallMetadata(IReadOnlyList<string?> Services);
}

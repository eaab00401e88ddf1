using Microsoft.AspNetCore.Builder;

namespace MsaShop.ServiceDefaults.Errors;

/// <summary>The problem codes of an endpoint at a status, for its OpenAPI document.</summary>
public sealed record RefusalCodes(int Status, IReadOnlyList<string> Codes);

/// <summary>Documents problem codes.</summary>
public static class RefusalCodesExtensions
{
    /// <summary>Documents the endpoint's problem codes at this status.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, int status, params string[] codes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RefusalCodes(status, codes));
}

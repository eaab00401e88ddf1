using Microsoft.AspNetCore.Builder;

namespace MsaShop.ServiceDefaults.Errors;

/// <summary>The error codes of an endpoint for one status, for its OpenAPI document.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Codes">The error codes.</param>
public sealed record RefusalCodes(int Status, IReadOnlyList<string> Codes);

/// <summary>Documents error codes.</summary>
public static class RefusalCodesExtensions
{
    /// <summary>Documents the error codes that the endpoint returns with this status.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, int status, params string[] codes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RefusalCodes(status, codes));
}

using Microsoft.AspNetCore.Builder;

namespace MsaShop.ServiceDefaults.Errors;

/// <summary>The codes with which an endpoint refuses at a status, for its OpenAPI document.</summary>
/// <param name="Status">The status.</param>
/// <param name="Codes">The codes.</param>
public sealed record RefusalCodes(int Status, IReadOnlyList<string> Codes);

/// <summary>Documents refusals.</summary>
public static class RefusalCodesExtensions
{
    /// <summary>Documents the codes with which the endpoint refuses at this status.</summary>
    public static TBuilder Refuses<TBuilder>(this TBuilder endpoint, int status, params string[] codes)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new RefusalCodes(status, codes));
}

using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// The cookie of a browser that has signed in before: a JWT signed by user-svc that names the user. It authenticates
/// nobody; it only exempts the browser from the rate limits for unknown clients.
/// </summary>
public sealed class DeviceCookies(IConfiguration configuration)
{
    /// <summary>The cookie's name.</summary>
    public const string Name = "shop_device";

    /// <summary>Differs from the access tokens' audience, so that neither passes for the other.</summary>
    public const string Audience = "msa-shop device";

    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false };

    private readonly TokenValidationParameters _rules = new()
    {
        ValidIssuer = AccessTokens.Issuer,
        ValidAudience = Audience,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKeys = AccessTokens.ReadPublicKeys(configuration),
    };

    /// <summary>The cookie's token, or null if user-svc did not sign it or it has expired.</summary>
    public async Task<JsonWebToken?> ReadAsync(string? cookie) =>
        cookie is not null
        && await s_handler.ValidateTokenAsync(cookie, _rules) is { IsValid: true, SecurityToken: JsonWebToken token }
            ? token
            : null;
}

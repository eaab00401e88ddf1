using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// The cookie of a browser in which a user has signed in before, signed by user-svc. It grants nothing, except that its
/// bearer does not count as a stranger.
/// </summary>
public sealed class DeviceCookies(IConfiguration configuration)
{
    /// <summary>The cookie's name.</summary>
    public const string Name = "shop_device";

    /// <summary>Keeps it from being taken for an access token, and the other way round.</summary>
    public const string Audience = "msa-shop device";

    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false };

    private readonly TokenValidationParameters _rules = new()
    {
        ValidIssuer = AccessTokens.Issuer,
        ValidAudience = Audience,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKeys = AccessTokens.ReadPublicKeys(configuration),
    };

    /// <summary>The cookie's content; null if it is invalid or too old.</summary>
    public async Task<JsonWebToken?> ReadAsync(string? cookie) =>
        cookie is not null
        && await s_handler.ValidateTokenAsync(cookie, _rules) is { IsValid: true, SecurityToken: JsonWebToken token }
            ? token
            : null;
}

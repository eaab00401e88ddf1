using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// The cookie of a browser in which somebody has signed in before: for whom, signed by user-svc. It opens nothing; whoever
/// brings it only does not count among the strangers.
/// </summary>
public sealed class DeviceCookies(IConfiguration configuration)
{
    /// <summary>The cookie's name.</summary>
    public const string Name = "shop_device";

    /// <summary>So that nobody takes it for an access token, nor an access token for it.</summary>
    public const string Audience = "msa-shop device";

    private static readonly JsonWebTokenHandler s_handler = new() { MapInboundClaims = false };

    private readonly TokenValidationParameters _rules = new()
    {
        ValidIssuer = AccessTokens.Issuer,
        ValidAudience = Audience,
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        IssuerSigningKeys = AccessTokens.ReadPublicKeys(configuration),
    };

    /// <summary>The cookie's content, or null if it is none of user-svc's, or too old.</summary>
    public async Task<JsonWebToken?> ReadAsync(string? cookie) =>
        cookie is not null
        && await s_handler.ValidateTokenAsync(cookie, _rules) is { IsValid: true, SecurityToken: JsonWebToken token }
            ? token
            : null;
}

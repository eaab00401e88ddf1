using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MsaShop.ServiceDefaults.Authentication;

namespace MsaShop.Testing;

/// <summary>Service tokens as the first release made and checked them: HS256, with one key that all services shared.</summary>
public static class FirstRelease
{
    /// <summary>A token with which one service calls another.</summary>
    public static string Token(string caller, string callee, string sharedKey)
    {
        var now = DateTime.UtcNow;
        return new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = AccessTokens.Issuer,
                Audience = callee,
                Claims = new Dictionary<string, object> { [AccessTokens.SubjectClaim] = caller },
                IssuedAt = now,
                NotBefore = now,
                Expires = now + TimeSpan.FromMinutes(5),
                SigningCredentials = new SigningCredentials(KeyOf(sharedKey), SecurityAlgorithms.HmacSha256),
            }
        );
    }

    /// <summary>Whether a service of the first release lets this bearer token in.</summary>
    public static async Task<bool> BelievesAsync(string token, string callee, string sharedKey) =>
        (
            await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(
                token,
                new TokenValidationParameters
                {
                    ValidIssuer = AccessTokens.Issuer,
                    ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                    IssuerSigningKey = KeyOf(sharedKey),
                    ValidAudience = callee,
                    ClockSkew = TimeSpan.FromSeconds(30),
                }
            )
        ).IsValid;

    private static SymmetricSecurityKey KeyOf(string sharedKey) => new(Encoding.UTF8.GetBytes(sharedKey));
}

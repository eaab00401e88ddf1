using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// The key that all services of the first release share: <c>ServiceTokens:SharedKey</c>. It is configured only during
/// the update from that release, because its holder can call as any service. It never makes anybody an administrator.
/// </summary>
internal static class SharedKey
{
    private const string Setting = "ServiceTokens:SharedKey";

    /// <exception cref="InvalidOperationException">The key is shorter than 32 characters.</exception>
    public static SymmetricSecurityKey? Read(IConfiguration configuration) =>
        configuration[Setting] switch
        {
            null or "" => null,
            { Length: >= 32 } key => new SymmetricSecurityKey(Encoding.UTF8.GetBytes(key)),
            _ => throw new InvalidOperationException($"{Setting} is shorter than 32 characters."),
        };

    /// <summary>Extends the rules to accept tokens signed with the shared key as well.</summary>
    public static TokenValidationParameters AddTo(TokenValidationParameters rules, SymmetricSecurityKey shared)
    {
        var resolve = rules.IssuerSigningKeyResolver;
        rules.ValidAlgorithms = [.. rules.ValidAlgorithms, SecurityAlgorithms.HmacSha256];
        rules.IssuerSigningKeyResolver = (text, token, id, parameters) =>
            token is JsonWebToken { Alg: SecurityAlgorithms.HmacSha256 }
                ? [shared]
                : resolve(text, token, id, parameters);
        return rules;
    }
}

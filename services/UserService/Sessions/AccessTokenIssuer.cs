using System.Globalization;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Http;
using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Sessions;

/// <summary>How access tokens are made: the configuration section <c>AccessTokens</c>.</summary>
public sealed class AccessTokenOptions
{
    /// <summary>How long one is valid. Nothing takes it back before, so not long.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(15);
}

/// <summary>Makes the access tokens that every service believes.</summary>
public sealed class AccessTokenIssuer(SigningKey key, IOptions<AccessTokenOptions> options, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>How long a token is valid.</summary>
    public TimeSpan Lifetime => options.Value.Lifetime;

    /// <summary>Makes a token for this user.</summary>
    public string Issue(User user)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = AccessTokens.Issuer,
                Audience = AccessTokens.Issuer,
                Claims = new Dictionary<string, object>
                {
                    [AccessTokens.SubjectClaim] = user.Id.ToString(CultureInfo.InvariantCulture),
                    [AccessTokens.EmailClaim] = user.Email,
                    [JwtRegisteredClaimNames.Name] = user.Name,
                    [AccessTokens.RoleClaim] = user.Role.ToWord(),
                },
                IssuedAt = now,
                NotBefore = now,
                Expires = now + Lifetime,
                SigningCredentials = key.Credentials,
            }
        );
    }
}

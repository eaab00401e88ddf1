using System.Globalization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Sessions;

/// <summary>The configuration section <c>AccessTokens</c>.</summary>
public sealed class AccessTokenOptions
{
    /// <summary>Short, because a token cannot be revoked.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(15);
}

/// <summary>Issues the access tokens that every service accepts.</summary>
public sealed class AccessTokenIssuer(SigningKey key, IOptions<AccessTokenOptions> options, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public TimeSpan Lifetime => options.Value.Lifetime;

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

using System.Globalization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MsaShop.ServiceDefaults.Authentication;
using MsaShop.ServiceDefaults.Http;
using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Sessions;

/// <summary>
/// Browsers in which somebody has signed in before. Each keeps one of the <see cref="DeviceCookies"/>, signed with the
/// <see cref="SigningKey"/>: strangers' wrong passwords do not count for it.
/// </summary>
public sealed class KnownDevices(SigningKey key, DeviceCookies cookies, TimeProvider time)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(365);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>Who it is that tries a password of this account.</summary>
    /// <param name="user">Whose it is; null if nobody's.</param>
    public async Task<Guess> GuessAsync(HttpContext context, string email, User? user) =>
        await FindAsync(context.Request, user) is { } device
            ? new Guess(email, device, CountsForAccount: false)
            : new Guess(
                email,
                ClientNetwork.Of(context.Connection.RemoteIpAddress),
                CountsForAccount: user?.Role is not UserRole.Admin
            );

    /// <summary>Has the browser remember that this user has signed in there.</summary>
    public async Task RememberAsync(HttpContext context, User user)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var device = await FindAsync(context.Request, user) ?? Guid.NewGuid().ToString("N");
        var options = RefreshCookie.Options(context);
        options.Expires = now + s_lifetime;
        context.Response.Cookies.Append(
            DeviceCookies.Name,
            _handler.CreateToken(
                new SecurityTokenDescriptor
                {
                    Issuer = AccessTokens.Issuer,
                    Audience = DeviceCookies.Audience,
                    Claims = new Dictionary<string, object>
                    {
                        [AccessTokens.SubjectClaim] = user.Id.ToString(CultureInfo.InvariantCulture),
                        [JwtRegisteredClaimNames.Jti] = device,
                    },
                    IssuedAt = now,
                    NotBefore = now,
                    Expires = now + s_lifetime,
                    SigningCredentials = key.Credentials,
                }
            ),
            options
        );
    }

    /// <summary>The device that the request comes from, if this user has signed in there.</summary>
    private async Task<string?> FindAsync(HttpRequest request, User? user) =>
        await cookies.ReadAsync(request.Cookies[DeviceCookies.Name]) is { } token
        && token.Subject == user?.Id.ToString(CultureInfo.InvariantCulture)
            ? token.Id
            : null;
}

using System.Globalization;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using MsaShop.UserService.Accounts;

namespace MsaShop.UserService.Sessions;

/// <summary>
/// Browsers in which a user has signed in before. Each holds a cookie (<see cref="DeviceCookies"/>) signed with the
/// <see cref="SigningKey"/>; strangers' wrong passwords do not count against it.
/// </summary>
public sealed class KnownDevices(SigningKey key, DeviceCookies cookies, TimeProvider time)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(365);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <summary>Identifies who tries an account's password.</summary>
    /// <param name="user">The account's user; null if there is none.</param>
    public async Task<Guess> GuessAsync(HttpContext context, string email, User? user) =>
        await FindAsync(context.Request, user) is { } device
            ? new Guess(email, device, CountsForAccount: false)
            : new Guess(
                email,
                ClientNetwork.Of(context.Connection.RemoteIpAddress),
                CountsForAccount: user?.Role is not UserRole.Admin
            );

    /// <summary>Gives the browser the cookie of a user who has signed in.</summary>
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

    /// <summary>The browser's device id, if this user has signed in there.</summary>
    private async Task<string?> FindAsync(HttpRequest request, User? user) =>
        await cookies.ReadAsync(request.Cookies[DeviceCookies.Name]) is { } token
        && token.Subject == user?.Id.ToString(CultureInfo.InvariantCulture)
            ? token.Id
            : null;
}

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// Says whether somebody still is an administrator. The access token says what they were when it was made, up to a quarter of
/// an hour ago: long enough for a dismissed one to become an administrator again, or to give money away.
/// </summary>
public interface IAdminCheck
{
    /// <summary>Whether this user, whose token says so, is an administrator for this request.</summary>
    Task<bool> IsAdminNowAsync(long userId, HttpContext context);
}

/// <summary>Asks the check about each administrator's token.</summary>
internal static class AdminChecks
{
    private const string ShoppersRole = "USER";

    /// <summary>Makes a shopper of a token's administrator who is none for this request.</summary>
    public static async Task ApplyAsync(TokenValidatedContext context)
    {
        if (
            context.Principal?.Identity is not ClaimsIdentity identity
            || !context.Principal.IsInRole(AccessTokens.AdminRole)
        )
        {
            return;
        }

        var userId = long.Parse(identity.FindFirst(AccessTokens.SubjectClaim)!.Value, CultureInfo.InvariantCulture);
        var check = context.HttpContext.RequestServices.GetRequiredService<IAdminCheck>();
        if (!await check.IsAdminNowAsync(userId, context.HttpContext))
        {
            // A new identity: the token's own is remembered, and shared by all requests that bring it.
            context.Principal = new ClaimsPrincipal(
                new ClaimsIdentity(
                    identity
                        .Claims.Where(claim => claim.Type != AccessTokens.RoleClaim)
                        .Append(new Claim(AccessTokens.RoleClaim, ShoppersRole)),
                    identity.AuthenticationType,
                    AccessTokens.SubjectClaim,
                    AccessTokens.RoleClaim
                )
            );
        }
    }
}

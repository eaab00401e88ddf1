using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// Decides whether a user is still an administrator. The access token states the role as of its issue, up to 15 minutes
/// ago: long enough for a dismissed administrator to regain the role or give money away.
/// </summary>
public interface IAdminCheck
{
    /// <summary>Whether a user whose token has the role ADMIN counts as an administrator for this request.</summary>
    Task<bool> IsAdminNowAsync(long userId, HttpContext context);
}

/// <summary>Applies the <see cref="IAdminCheck"/> to every token with the role ADMIN.</summary>
internal static class AdminChecks
{
    private const string ShoppersRole = "USER";

    /// <summary>Downgrades the role to USER where the check fails.</summary>
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
            // A new identity, because the token's own is cached and shared by all requests with that token.
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

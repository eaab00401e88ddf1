using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// Checks whether a user still is an administrator. The access token says what was true when it was issued, up to a quarter
/// of an hour ago: long enough for a dismissed administrator to regain the role, or to refund money.
/// </summary>
public interface IAdminCheck
{
    /// <summary>Whether this user, whose token says so, is an administrator for this request.</summary>
    Task<bool> IsAdminNowAsync(long userId, HttpContext context);
}

/// <summary>Applies the check to administrators' tokens.</summary>
internal static class AdminChecks
{
    private const string ShoppersRole = "USER";

    /// <summary>Takes the administrator's role out of the token's identity if the check fails.</summary>
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
            // A new identity: the token's own is cached, and shared by all requests with the token.
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

using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>The user who sent the request. Anonymous endpoints must check <see cref="IsSignedIn"/> first.</summary>
public sealed class CurrentUser(ClaimsPrincipal user)
{
    /// <summary>The user's id, from the token.</summary>
    public long Id => long.Parse(Claim(AccessTokens.SubjectClaim), CultureInfo.InvariantCulture);

    /// <summary>The user's e-mail address, from the token.</summary>
    public string Email => Claim(AccessTokens.EmailClaim);

    /// <summary>Whether the request carries a valid access token.</summary>
    public bool IsSignedIn => user.Identity?.IsAuthenticated ?? false;

    /// <summary>Whether the user counts as an administrator for this request; see <see cref="IAdminCheck"/>.</summary>
    public bool IsAdmin => user.IsInRole(AccessTokens.AdminRole);

    /// <summary>
    /// Binds the parameter of a minimal-API handler. Unlike an <see cref="IHttpContextAccessor"/>, it costs nothing in
    /// the many requests that do not use it.
    /// </summary>
    public static ValueTask<CurrentUser?> BindAsync(HttpContext context) => new(new CurrentUser(context.User));

    private string Claim(string name) =>
        user.FindFirst(name)?.Value
        ?? throw new InvalidOperationException(
            $"The request has no '{name}' claim: the endpoint must require a token."
        );
}

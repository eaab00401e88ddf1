using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>The request's user. On endpoints for anybody, check <see cref="IsSignedIn"/> first.</summary>
public sealed class CurrentUser(ClaimsPrincipal user)
{
    /// <summary>The user's id.</summary>
    public long Id => long.Parse(Claim(AccessTokens.SubjectClaim), CultureInfo.InvariantCulture);

    /// <summary>The user's e-mail address.</summary>
    public string Email => Claim(AccessTokens.EmailClaim);

    /// <summary>Whether the request came with a valid access token.</summary>
    public bool IsSignedIn => user.Identity?.IsAuthenticated ?? false;

    /// <summary>Whether the user manages the shop.</summary>
    public bool IsAdmin => user.IsInRole(AccessTokens.AdminRole);

    /// <summary>
    /// Binds a handler's parameter. An <see cref="IHttpContextAccessor"/> would flow through every await of every request,
    /// and few handlers need it.
    /// </summary>
    public static ValueTask<CurrentUser?> BindAsync(HttpContext context) => new(new CurrentUser(context.User));

    private string Claim(string name) =>
        user.FindFirst(name)?.Value
        ?? throw new InvalidOperationException(
            $"The request has no '{name}' claim: the endpoint must require a token."
        );
}

using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>
/// The user whose request this is. On endpoints that anybody may call, ask first whether they are signed in.
/// </summary>
public sealed class CurrentUser(IHttpContextAccessor accessor)
{
    /// <summary>The user's id.</summary>
    public long Id => long.Parse(Claim(AccessTokens.SubjectClaim), CultureInfo.InvariantCulture);

    /// <summary>The user's e-mail address.</summary>
    public string Email => Claim(AccessTokens.EmailClaim);

    /// <summary>Whether there is a user: the request came with a valid access token.</summary>
    public bool IsSignedIn => accessor.HttpContext?.User.Identity?.IsAuthenticated ?? false;

    /// <summary>Whether the user manages the shop.</summary>
    public bool IsAdmin => accessor.HttpContext?.User.IsInRole(AccessTokens.AdminRole) ?? false;

    private string Claim(string name) =>
        accessor.HttpContext?.User.FindFirst(name)?.Value
        ?? throw new InvalidOperationException(
            $"The request has no '{name}' claim: the endpoint must require a token."
        );
}

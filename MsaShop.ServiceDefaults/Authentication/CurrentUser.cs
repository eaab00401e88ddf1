using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace MsaShop.ServiceDefaults.Authentication;

/// <summary>The signed-in user whose request this is. Only for endpoints that require an access token.</summary>
public sealed class CurrentUser(IHttpContextAccessor accessor)
{
    /// <summary>The user's id.</summary>
    public long Id => long.Parse(Claim(AccessTokens.SubjectClaim), CultureInfo.InvariantCulture);

    /// <summary>The user's e-mail address.</summary>
    public string Email => Claim(AccessTokens.EmailClaim);

    /// <summary>Whether the user manages the shop.</summary>
    public bool IsAdmin => accessor.HttpContext?.User.IsInRole(AccessTokens.AdminRole) ?? false;

    private string Claim(string name) =>
        accessor.HttpContext?.User.FindFirst(name)?.Value
        ?? throw new InvalidOperationException(
            $"The request has no '{name}' claim: the endpoint must require a token."
        );
}
